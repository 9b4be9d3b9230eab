package io.buckbench.data.control;

import io.buckbench.data.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The yes/no control task: a question about a passage of five facts and a distractor. Half of the
 * rows of a split are of each level.
 *
 * <p>The task has no shortcut by construction. The passage is drawn first, independently of the
 * answer. The answers are a fixed 62 % yes, in random order. The question is drawn last, from a
 * distribution that treats all names, things and colours alike. Neither the passage alone nor the
 * question alone therefore gives information about the answer.
 */
public final class ControlTask {
  /** The share of yes in each split and level, which is that of BoolQ. */
  public static final double YES = 0.62;

  /** The seed of the shipped files. */
  public static final long SEED = 20240229L;

  /** The number of rows in the shipped train, validation and test files. */
  public static final List<Integer> SIZES = List.of(4800, 600, 1600);

  /** The level of questions about whether the passage mentions something. */
  public static final String PRESENCE = "presence";

  /** The level of questions about whether person, colour and thing belong together. */
  public static final String BINDING = "binding";

  private ControlTask() {}

  /**
   * Generates splits that share no passage. The ids of the rows are empty.
   *
   * @param seed the same seed gives the same rows
   * @param sizes number of rows of each split, even
   */
  public static List<List<Example>> generate(long seed, List<Integer> sizes) {
    Draw draw = new Draw(seed, 0);
    Set<String> passages = new HashSet<>();
    List<List<Example>> splits = new ArrayList<>();
    for (int size : sizes) {
      List<Example> rows = level(draw, passages, PRESENCE, size / 2);
      rows.addAll(level(draw, passages, BINDING, size - size / 2));
      splits.add(List.copyOf(draw.shuffled(rows)));
    }
    return List.copyOf(splits);
  }

  private static List<Example> level(Draw draw, Set<String> passages, String level, int size) {
    int yes = (int) Math.round(YES * size);
    List<Boolean> answers = new ArrayList<>(Collections.nCopies(yes, true));
    answers.addAll(Collections.nCopies(size - yes, false));
    List<Example> rows = new ArrayList<>();
    for (boolean answer : draw.shuffled(answers)) {
      Passage passage = passage(draw);
      while (!passages.add(passage.text())) {
        passage = passage(draw);
      }
      Statement statement = Statements.draw(draw, passage, level, answer);
      rows.add(Example.yesNo("", statement.question(), passage.text(), answer, level));
    }
    return rows;
  }

  /** A passage of the task: three things and two places, at most one denial, one distractor. */
  static Passage passage(Draw draw) {
    return Passage.draw(draw, 3, 2, draw.between(0, 1), 1);
  }
}
