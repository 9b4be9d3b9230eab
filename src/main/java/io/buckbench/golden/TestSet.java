package io.buckbench.golden;

import io.buckbench.eval.Prediction;
import java.util.List;

/**
 * The test rows that trials answered.
 *
 * @param ids each row's id
 * @param wanted each row's right answer, {@code y} or {@code n}
 */
public record TestSet(List<String> ids, String wanted) {
  static TestSet of(List<Prediction> predictions) {
    StringBuilder wanted = new StringBuilder();
    predictions.forEach(p -> wanted.append(p.wanted() ? 'y' : 'n'));
    return new TestSet(predictions.stream().map(Prediction::id).toList(), wanted.toString());
  }

  /** A short name that follows from the content. */
  String key() {
    return ids.size() + "-" + Digests.text(String.join("\n", ids) + "\n" + wanted).substring(0, 12);
  }
}
