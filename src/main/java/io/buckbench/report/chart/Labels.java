package io.buckbench.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Places labels so that they do not collide. */
final class Labels {
  private Labels() {}

  /**
   * Moves labels at the ends of curves apart, by as little as needed and in their order.
   *
   * @param wanted where each label should be
   * @param gap the least distance between two labels
   * @param low the smallest position
   * @param high the largest position
   * @return a position for each label, at least {@code gap} apart; beyond {@code high} only if
   *     there is not room for all
   */
  static double[] spread(double[] wanted, double gap, double low, double high) {
    int n = wanted.length;
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> wanted[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] at = new double[n];
    double next = low;
    for (int i : order) {
      at[i] = Math.max(next, wanted[i]);
      next = at[i] + gap;
    }
    double most = Math.max(high, low + gap * (n - 1));
    for (int k = n - 1; k >= 0; k--) {
      at[order[k]] = Math.min(at[order[k]], most);
      most = at[order[k]] - gap;
    }
    return at;
  }

  /**
   * A box, in any unit.
   *
   * @param left the left edge
   * @param top the upper edge
   * @param right the right edge
   * @param bottom the lower edge
   */
  record Box(double left, double top, double right, double bottom) {
    boolean meets(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
  }

  /**
   * Places a label near each of several marks: beside it where there is room, otherwise above or
   * below, further and further away.
   *
   * @param marks boxes around the marks, which no label may cover
   * @param widths of the labels
   * @param height of a label
   * @param inside no label leaves this box to the left or right
   * @return a box for each label
   */
  static List<Box> beside(List<Box> marks, double[] widths, double height, Box inside) {
    List<Box> taken = new ArrayList<>(marks);
    List<Box> placed = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      Box label = place(marks.get(i), widths[i], height, inside, taken);
      placed.add(label);
      taken.add(label);
    }
    return placed;
  }

  private static Box place(Box mark, double width, double height, Box inside, List<Box> taken) {
    double middle = (mark.top + mark.bottom) / 2 - height / 2;
    for (int step = 0; ; step++) {
      double away = (step + 1) / 2 * height / 2 * (step % 2 == 0 ? 1 : -1);
      for (double left : new double[] {mark.right, mark.left - width}) {
        double kept = Math.min(Math.max(left, inside.left), inside.right - width);
        Box box = new Box(kept, middle + away, kept + width, middle + away + height);
        boolean free = taken.stream().noneMatch(box::meets);
        if (free && box.top >= inside.top && box.bottom <= inside.bottom || step > 1000) {
          return box;
        }
      }
    }
  }
}
