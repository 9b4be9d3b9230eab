package io.buckbench.data.control;

/**
 * One thing a passage says, or a question asks for.
 *
 * @param relation what is said of the person
 * @param name the person, lower case
 * @param colour the thing's colour, empty for {@link Relation#IN}
 * @param thing the object had or the place
 * @param negated whether the passage denies it
 */
record Fact(Relation relation, String name, String colour, String thing, boolean negated) {
  /** What can be said of a person. */
  enum Relation {
    /** The person has an object of a colour. */
    HAS,
    /** The person is in a place. */
    IN
  }

  static Fact has(String name, String colour, String object) {
    return new Fact(Relation.HAS, name, colour, object, false);
  }

  static Fact in(String name, String place) {
    return new Fact(Relation.IN, name, "", place, false);
  }

  /** The same said of another person. */
  Fact withName(String other) {
    return new Fact(relation, other, colour, thing, negated);
  }

  /** The same denied. */
  Fact denied() {
    return new Fact(relation, name, colour, thing, true);
  }

  /** The same affirmed. */
  Fact affirmed() {
    return new Fact(relation, name, colour, thing, false);
  }

  /** What is had, or where one is: "a red kite", "in the garden". */
  String object() {
    return relation == Relation.HAS ? "a " + colour + " " + thing : "in the " + thing;
  }

  /** The passage's sentence: "Nora does not have a red kite.". */
  String sentence() {
    return Lexicon.capitalised(name) + clause().substring(name.length()) + ".";
  }

  /** The same in lower case and without the full stop: "nora does not have a red kite". */
  String clause() {
    if (relation == Relation.HAS) {
      return name + (negated ? " does not have " : " has ") + object();
    }
    return name + (negated ? " is not " : " is ") + object();
  }

  /** The yes/no question in BoolQ's manner: "does nora have a red kite". */
  String question() {
    return relation == Relation.HAS
        ? "does " + name + " have " + object()
        : "is " + name + " " + object();
  }
}
