package io.buckbench.data.control;

/**
 * A fact that a passage states or a question asks about.
 *
 * @param relation what the fact says about the person
 * @param name the person, in lower case
 * @param colour the colour of the thing; empty for {@link Relation#IN}
 * @param thing the thing that the person has, or the place
 * @param negated whether the fact is denied
 */
record Fact(Relation relation, String name, String colour, String thing, boolean negated) {
  /** What a fact says about a person. */
  enum Relation {
    /** The person has a thing of a colour. */
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

  /** The same fact about another person. */
  Fact withName(String other) {
    return new Fact(relation, other, colour, thing, negated);
  }

  /** The denied fact. */
  Fact denied() {
    return new Fact(relation, name, colour, thing, true);
  }

  /** The affirmed fact. */
  Fact affirmed() {
    return new Fact(relation, name, colour, thing, false);
  }

  /** The thing or place as a phrase: "a red kite", "in the garden". */
  String object() {
    return relation == Relation.HAS ? "a " + colour + " " + thing : "in the " + thing;
  }

  /** The sentence of the passage: "Nora does not have a red kite.". */
  String sentence() {
    return Lexicon.capitalised(name) + clause().substring(name.length()) + ".";
  }

  /** The sentence in lower case, without the full stop: "nora does not have a red kite". */
  String clause() {
    if (relation == Relation.HAS) {
      return name + (negated ? " does not have " : " has ") + object();
    }
    return name + (negated ? " is not " : " is ") + object();
  }

  /** The yes/no question in BoolQ's style: "does nora have a red kite". */
  String question() {
    return relation == Relation.HAS
        ? "does " + name + " have " + object()
        : "is " + name + " " + object();
  }
}
