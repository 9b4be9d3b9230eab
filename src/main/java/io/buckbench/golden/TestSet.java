package io.buckbench.golden;

import io.buckbench.eval.AnswerCounts;
import io.buckbench.eval.Diagnosis;
import io.buckbench.eval.Prediction;
import java.util.List;

/**
 * A set of test items.
 *
 * @param ids the id of each item
 * @param wanted the right answer of each item, {@code y} or {@code n}
 */
public record TestSet(List<String> ids, String wanted) {
  static TestSet of(List<Prediction> predictions) {
    StringBuilder wanted = new StringBuilder();
    predictions.forEach(p -> wanted.append(p.wanted() ? 'y' : 'n'));
    return new TestSet(predictions.stream().map(Prediction::id).toList(), wanted.toString());
  }

  /** A short key computed from the content. */
  String key() {
    return ids.size()
        + "-"
        + RunDigests.text(String.join("\n", ids) + "\n" + wanted).substring(0, 12);
  }

  /** Which items are answered right; {@code letters} is empty if the trial failed. */
  boolean[] right(String letters) {
    boolean[] right = new boolean[wanted.length()];
    for (int i = 0; i < letters.length(); i++) {
      right[i] = letters.charAt(i) == wanted.charAt(i);
    }
    return right;
  }

  /** Whether a trial collapsed to one word; a failed one did not. */
  boolean collapsed(String letters) {
    if (letters.isEmpty()) {
      return false;
    }
    int[] counts = new int[6];
    for (int i = 0; i < letters.length(); i++) {
      counts[(wanted.charAt(i) == 'y' ? 0 : 3) + "yno".indexOf(letters.charAt(i))]++;
    }
    return Diagnosis.collapsed(
        new AnswerCounts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]));
  }

  /** The share of items that are answered right, 0 to 1. */
  double rightShare(String letters) {
    int count = 0;
    for (boolean right : right(letters)) {
      count += right ? 1 : 0;
    }
    return (double) count / wanted.length();
  }
}
