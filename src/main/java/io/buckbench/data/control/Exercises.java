package io.buckbench.data.control;

import io.buckbench.data.control.CorpusText.Piece;
import java.util.List;

/** Exercises after a passage: repeated facts, wh-questions, and dialogues. */
final class Exercises {
  private Exercises() {}

  /** A repeated fact of the passage, whose last words follow from its first ones. */
  static List<Piece> retelling(Draw draw, Passage passage) {
    Fact fact = draw.one(passage.facts());
    String name = draw.chance(0.5) ? fact.name() : Lexicon.capitalised(fact.name());
    String clause = name + fact.clause().substring(name.length());
    String known =
        fact.relation() == Fact.Relation.HAS
            ? " " + fact.colour() + " " + fact.thing()
            : " " + fact.thing();
    String given = clause.substring(0, clause.length() - known.length());
    return List.of(new Piece("\n" + given, false), new Piece(known, true), new Piece(".", false));
  }

  /** A wh-question and its answer. */
  static List<Piece> lookup(Draw draw, Passage passage) {
    Fact fact = draw.one(passage.facts());
    if (fact.negated()) {
      return fact.relation() == Fact.Relation.HAS
          ? asked("what does " + fact.name() + " not have", fact.object())
          : asked("where is " + fact.name() + " not", fact.object());
    }
    double form = draw.unit();
    if (fact.relation() == Fact.Relation.IN) {
      return form < 0.5
          ? asked("where is " + fact.name(), fact.object())
          : asked("who is " + fact.object(), Lexicon.capitalised(fact.name()));
    }
    if (form < 0.4) {
      return asked("what does " + fact.name() + " have", fact.object());
    }
    if (form < 0.7) {
      return asked("who has " + fact.object(), Lexicon.capitalised(fact.name()));
    }
    return form < 0.85
        ? asked("which colour is the " + fact.thing(), fact.colour())
        : asked("what is " + fact.colour(), "the " + fact.thing());
  }

  /** Yes and no as ordinary words that do not answer a question about a passage. */
  static List<Piece> chat(Draw draw) {
    List<String> names = draw.some(Lexicon.NAMES, 2);
    String one = Lexicon.capitalised(names.get(0));
    String other = Lexicon.capitalised(names.get(1));
    String word = draw.chance(0.5) ? "yes" : "no";
    List<String> lines =
        List.of(
            one + " said " + word + " to " + other + ".",
            one + " asked " + other + " to come, and " + other + " said " + word + ".",
            "There is "
                + (draw.chance(0.5) ? "no" : "some")
                + " wind in the "
                + draw.one(Lexicon.PLACES)
                + ".",
            one + " nodded: " + word + ".",
            "The word for it is " + word + ".");
    return List.of(new Piece("\n" + draw.one(lines), false));
  }

  private static List<Piece> asked(String question, String answer) {
    return List.of(
        new Piece("\nQuestion: " + question + "?\nAnswer:", false), new Piece(" " + answer, true));
  }
}
