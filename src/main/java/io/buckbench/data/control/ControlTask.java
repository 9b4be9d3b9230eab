package io.buckbench.data.control;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The yes/no control task: a passage of five facts and a distractor, a question about it.
 *
 * <p>There is no shortcut by construction. The passage is drawn first and knows nothing of the
 * answer; the answers are a fixed 62 % yes in random order; the question is drawn last, from what
 * is alike under every exchange of names, things and colours. So neither passage nor question alone
 * says anything of the answer. Half the rows of a split are of each level.
 */
public final class ControlTask {
  /** The share of yes in each split and level: BoolQ's. */
  public static final double YES = 0.62;

  /** The seed of the shipped files. */
  public static final long SEED = 20240229L;

  /** Rows of train, validation and test as shipped. */
  public static final List<Integer> SIZES = List.of(4800, 600, 600);

  /** The level of questions whether something is in the text at all. */
  public static final String PRESENCE = "presence";

  /** The level of questions whether person, colour and thing belong together. */
  public static final String BINDING = "binding";

  private ControlTask() {}

  /**
   * Generates splits that share no passage, one behind the other.
   *
   * @param seed the same seed gives the same rows
   * @param sizes rows of each split, even numbers
   */
  public static List<List<ControlRow>> generate(long seed, List<Integer> sizes) {
    Draw draw = new Draw(seed, 0);
    Set<String> passages = new HashSet<>();
    List<List<ControlRow>> splits = new ArrayList<>();
    for (int size : sizes) {
      List<ControlRow> rows = new ArrayList<>();
      rows.addAll(level(draw, passages, PRESENCE, size / 2));
      rows.addAll(level(draw, passages, BINDING, size - size / 2));
      splits.add(List.copyOf(draw.shuffled(rows)));
    }
    return List.copyOf(splits);
  }

  private static List<ControlRow> level(Draw draw, Set<String> passages, String level, int size) {
    int yes = (int) Math.round(YES * size);
    List<Boolean> answers = new ArrayList<>(Collections.nCopies(yes, true));
    answers.addAll(Collections.nCopies(size - yes, false));
    List<ControlRow> rows = new ArrayList<>();
    for (boolean answer : draw.shuffled(answers)) {
      Passage passage = passage(draw);
      while (!passages.add(passage.text())) {
        passage = passage(draw);
      }
      Statement statement = Statement.draw(draw, passage, level.equals(PRESENCE), answer);
      rows.add(new ControlRow(statement.question(), passage.text(), answer, level));
    }
    return rows;
  }

  /** A passage of the task: three things had, two places, one or no denial, a distractor. */
  static Passage passage(Draw draw) {
    return Passage.draw(draw, 3, 2, draw.between(0, 1), 1);
  }
}
