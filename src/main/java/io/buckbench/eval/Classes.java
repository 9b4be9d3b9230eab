package io.buckbench.eval;

import java.util.Arrays;

/**
 * Test items grouped by their right answer; only answers that are right for some item count.
 *
 * @param of the class of each item, from 0, in the order of the answers
 * @param sizes number of items of each class
 */
record Classes(int[] of, int[] sizes) {
  /**
   * @param wanted index of the right answer of each item
   * @param answers number of answers
   */
  static Classes of(int[] wanted, int answers) {
    int[] items = new int[answers];
    for (int answer : wanted) {
      items[answer]++;
    }
    int[] classOf = new int[answers];
    int[] sizes = new int[answers];
    int count = 0;
    for (int answer = 0; answer < answers; answer++) {
      if (items[answer] > 0) {
        classOf[answer] = count;
        sizes[count++] = items[answer];
      }
    }
    int[] of = new int[wanted.length];
    for (int i = 0; i < of.length; i++) {
      of[i] = classOf[wanted[i]];
    }
    return new Classes(of, Arrays.copyOf(sizes, count));
  }

  int count() {
    return sizes.length;
  }

  /** The share of items of each class. */
  double[] shares() {
    double[] shares = new double[count()];
    for (int c = 0; c < shares.length; c++) {
      shares[c] = (double) sizes[c] / of.length;
    }
    return shares;
  }

  /** The mean over the classes of the mean of their values. */
  double meanOfMeans(double[] values) {
    double[] sums = new double[count()];
    for (int i = 0; i < values.length; i++) {
      sums[of[i]] += values[i];
    }
    double sum = 0;
    for (int c = 0; c < sums.length; c++) {
      sum += sums[c] / sizes[c];
    }
    return sum / count();
  }
}
