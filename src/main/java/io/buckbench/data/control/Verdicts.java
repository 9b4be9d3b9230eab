package io.buckbench.data.control;

import io.buckbench.data.control.CorpusText.Piece;
import java.util.ArrayList;
import java.util.List;

/** Statements with a verdict in words other than yes and no. */
final class Verdicts {
  /**
   * The wording of a statement with its verdict.
   *
   * @param before the text before the statement
   * @param between the text between statement and verdict
   * @param good the verdict on a true statement
   * @param bad the verdict on a false statement
   * @param end the text after the verdict
   */
  private record Template(String before, String between, String good, String bad, String end) {}

  private static final List<Template> TEMPLATES =
      List.of(
          new Template("Claim: ", ".\nVerdict:", " true", " false", ""),
          new Template("It is said that ", ". That is", " right", " wrong", "."),
          new Template("Asked whether ", ", one would", " agree", " deny", "."),
          new Template("Statement: ", ".\nCheck:", " correct", " mistaken", ""),
          new Template("Someone says: ", ". That is", " true", " false", "."));

  private static final Template BRIEF = new Template("", ":", " right", " wrong", ".");

  private Verdicts() {}

  /** The statement with its verdict, in a random template. */
  static List<Piece> check(Draw draw, Statement statement, boolean truth) {
    return check(draw.one(TEMPLATES), statement.statement(), truth);
  }

  /** The brief form with the verdict directly after it, which is the easiest to learn. */
  static List<Piece> brief(Statement statement, boolean truth) {
    return check(BRIEF, statement.brief(), truth);
  }

  private static List<Piece> check(Template template, String statement, boolean truth) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece("\n" + template.before() + statement + template.between(), false));
    pieces.add(new Piece(truth ? template.good() : template.bad(), true));
    if (!template.end().isEmpty()) {
      pieces.add(new Piece(template.end(), false));
    }
    return pieces;
  }

  /** The other verdict of the same template. */
  static String opposite(String verdict) {
    for (Template template : TEMPLATES) {
      if (template.good().equals(verdict)) {
        return template.bad();
      }
      if (template.bad().equals(verdict)) {
        return template.good();
      }
    }
    throw new IllegalArgumentException("No verdict: " + verdict);
  }
}
