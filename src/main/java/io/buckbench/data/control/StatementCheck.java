package io.buckbench.data.control;

import io.buckbench.data.control.CorpusText.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * A held-out statement about a passage like those of the task, with its right and its wrong
 * verdict. Pre-training is monitored by how often a model prefers the right one.
 *
 * @param prompt passage and statement, up to the verdict
 * @param wanted the right verdict, with its leading space
 * @param unwanted the wrong verdict, with its leading space
 * @param level {@code presence} or {@code binding}
 */
public record StatementCheck(String prompt, String wanted, String unwanted, String level) {
  /**
   * Draws statements, half of each level and half of each truth, so that chance is 50 %.
   *
   * @param seed a seed other than that of the corpus
   * @param size number of statements, a multiple of four
   */
  public static List<StatementCheck> draw(long seed, int size) {
    Draw draw = new Draw(seed, -1);
    List<StatementCheck> checks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean truth = i % 2 == 0;
      Passage passage = ControlTask.passage(draw);
      String level = i % 4 < 2 ? ControlTask.PRESENCE : ControlTask.BINDING;
      Statement statement = Statements.draw(draw, passage, level, truth);
      List<Piece> pieces = Verdicts.check(draw, statement, truth);
      String wanted = pieces.get(1).text();
      checks.add(
          new StatementCheck(
              passage.text() + pieces.get(0).text(), wanted, Verdicts.opposite(wanted), level));
    }
    return List.copyOf(checks);
  }
}
