package io.buckbench.data.control;

import io.buckbench.data.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The negative control: the same rows with permuted answers.
 *
 * <p>The answers of <em>every</em> split must be permuted. With true answers in the test split, a
 * model trained on noise could by chance lean towards or against the truth. If answers are
 * independent of the rows, a model that says yes with probability p has the expected accuracy
 * {@code 0.62 p + 0.38 (1 - p)}, which is largest at p = 1: only sampling error can beat
 * always-yes.
 */
public final class ShuffledLabels {
  private ShuffledLabels() {}

  /**
   * Permutes the answers within each level, so that each level keeps its share of yes.
   *
   * @param seed a different seed for each split
   */
  public static List<Example> of(List<Example> rows, long seed) {
    List<Example> twin = new ArrayList<>(rows);
    List<String> levels = rows.stream().map(Example::level).distinct().sorted().toList();
    for (String level : levels) {
      List<Integer> places =
          IntStream.range(0, rows.size())
              .boxed()
              .filter(i -> rows.get(i).level().equals(level))
              .toList();
      List<Integer> sources = new Draw(seed, level.hashCode()).shuffled(places);
      for (int i = 0; i < places.size(); i++) {
        Example row = rows.get(places.get(i));
        twin.set(places.get(i), row.answered(rows.get(sources.get(i)).answer()));
      }
    }
    return List.copyOf(twin);
  }
}
