package io.buckbench.golden;

import io.buckbench.eval.Prediction;
import java.util.List;

/**
 * The test items that trials answered.
 *
 * @param ids each item's id
 * @param wanted each item's right answer, {@code y} or {@code n}
 */
public record TestSet(List<String> ids, String wanted) {
  static TestSet of(List<Prediction> predictions) {
    StringBuilder wanted = new StringBuilder();
    predictions.forEach(p -> wanted.append(p.wanted() ? 'y' : 'n'));
    return new TestSet(predictions.stream().map(Prediction::id).toList(), wanted.toString());
  }

  /** A short name computed from the content. */
  String key() {
    return ids.size()
        + "-"
        + RunDigests.text(String.join("\n", ids) + "\n" + wanted).substring(0, 12);
  }

  /** Which items a trial has right; none if it failed. */
  boolean[] right(String letters) {
    boolean[] right = new boolean[wanted.length()];
    for (int i = 0; i < letters.length(); i++) {
      right[i] = letters.charAt(i) == wanted.charAt(i);
    }
    return right;
  }

  /** How many of them, 0 to 1. */
  double rightShare(String letters) {
    int count = 0;
    for (boolean right : right(letters)) {
      count += right ? 1 : 0;
    }
    return (double) count / wanted.length();
  }
}
