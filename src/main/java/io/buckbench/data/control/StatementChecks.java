package io.buckbench.data.control;

import io.buckbench.data.control.CorpusText.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements about passages like the task's, by which pre-training is followed: half of each level
 * and half of each truth, so that guessing gets 50 %.
 */
public final class StatementChecks {
  private StatementChecks() {}

  /**
   * Draws held-out statements.
   *
   * @param seed another one than the corpus has
   * @param size how many, a multiple of four
   */
  public static List<StatementCheck> draw(long seed, int size) {
    Draw draw = new Draw(seed, -1);
    List<StatementCheck> checks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean truth = i % 2 == 0;
      Passage passage = ControlTask.passage(draw);
      boolean presence = i % 4 < 2;
      Statement statement = Statement.draw(draw, passage, presence, truth);
      List<Piece> pieces = Verdicts.check(draw, statement, truth);
      checks.add(
          new StatementCheck(
              passage.text() + pieces.get(0).text(),
              pieces.get(1).text(),
              Verdicts.opposite(pieces.get(1).text()),
              presence ? ControlTask.PRESENCE : ControlTask.BINDING));
    }
    return List.copyOf(checks);
  }
}
