package io.buckbench.data.control;

import io.buckbench.data.YesNoExample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The negative control: the same rows with their answers permuted.
 *
 * <p>Permute <em>every</em> split. With true answers in the test split a model trained on noise
 * would by luck lean towards or against the truth; with answers drawn independently of the rows no
 * model whatever beats always-yes but by sampling error, since of a share p of yes it gets {@code
 * 0.62 p + 0.38 (1 - p)}, which is most at p = 1.
 */
public final class ShuffledLabels {
  private ShuffledLabels() {}

  /**
   * The rows with their answers permuted within each level, so that each keeps its share of yes.
   *
   * @param seed another one for each split
   */
  public static List<YesNoExample> of(List<YesNoExample> rows, long seed) {
    List<YesNoExample> twin = new ArrayList<>(rows);
    List<String> levels = rows.stream().map(YesNoExample::level).distinct().sorted().toList();
    for (String level : levels) {
      List<Integer> places =
          IntStream.range(0, rows.size())
              .boxed()
              .filter(i -> rows.get(i).level().equals(level))
              .toList();
      List<Integer> sources = new Draw(seed, level.hashCode()).shuffled(places);
      for (int i = 0; i < places.size(); i++) {
        YesNoExample row = rows.get(places.get(i));
        boolean answer = rows.get(sources.get(i)).answer();
        twin.set(
            places.get(i),
            new YesNoExample(row.id(), row.question(), row.passage(), answer, row.level()));
      }
    }
    return List.copyOf(twin);
  }
}
