package io.buckbench.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.report.chart.Labels.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Property(tries = 300)
  void labels_of_curves_keep_their_order_and_distance(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 200) Double> wanted) {
    double[] at = Labels.spread(wanted.stream().mapToDouble(v -> v).toArray(), 15, 0, 200);
    double[] sorted = Arrays.stream(at).sorted().toArray();
    for (int i = 1; i < sorted.length; i++) {
      assertThat(sorted[i] - sorted[i - 1]).isGreaterThanOrEqualTo(15 - 1e-9);
    }
    assertThat(sorted[0]).isGreaterThanOrEqualTo(0);
    assertThat(sorted[sorted.length - 1]).isLessThanOrEqualTo(200 + 1e-9);
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j < at.length; j++) {
        if (wanted.get(i) < wanted.get(j)) {
          assertThat(at[i]).isLessThan(at[j]);
        }
      }
    }
  }

  @Test
  void labels_with_room_stay_where_they_are_wanted() {
    assertThat(Labels.spread(new double[] {100, 20, 60}, 15, 0, 200)).containsExactly(100, 20, 60);
  }

  @Property(tries = 200)
  void labels_of_marks_cover_no_mark_and_no_other_label(
      @ForAll @Size(min = 1, max = 15) List<@DoubleRange(min = 10, max = 90) Double> xs,
      @ForAll @DoubleRange(min = 30, max = 250) double y) {
    List<Box> marks = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      double at = y + i % 3;
      marks.add(new Box(xs.get(i) - 2, at - 8, xs.get(i) + 2, at + 8));
    }
    double[] widths = IntStream.range(0, xs.size()).mapToDouble(i -> 10 + i).toArray();
    List<Box> labels = Labels.beside(marks, widths, 15, new Box(9, 0, 100, 500));
    for (int i = 0; i < labels.size(); i++) {
      Box label = labels.get(i);
      assertThat(marks).noneMatch(label::meets);
      assertThat(labels.subList(0, i)).noneMatch(label::meets);
      assertThat(label.right() - label.left()).isEqualTo(widths[i], within());
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }
}
