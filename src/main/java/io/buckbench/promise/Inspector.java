package io.buckbench.promise;

import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import io.buckbench.tensor.WeightDigest;
import java.util.List;

/**
 * Looks at a model before and after work on it. Made before the model is loaded, since it counts
 * the arrays that are alive. It changes no number; its time belongs to no phase of a trial.
 */
public final class Inspector {
  private final int alive = Torch.liveArrays();
  private String before = "";

  /** Notes the base weights as they were loaded. */
  public void loaded(List<Parameter> base) {
    before = WeightDigest.of(base);
  }

  /**
   * Looks at the model as it is now.
   *
   * @param base the base model's parameters
   * @param trained the adapter's; those of the base model itself may change
   * @param nonFiniteAnswers as the scorer counted them
   */
  public Inspection inspect(List<Parameter> base, List<Parameter> trained, long nonFiniteAnswers) {
    boolean whole = trained.equals(base);
    long nonFinite = 0;
    String first = "";
    for (List<Parameter> parameters : whole ? List.of(base) : List.of(base, trained)) {
      for (Parameter parameter : parameters) {
        long found = Tensors.nonFinite(parameter.array());
        first = nonFinite == 0 && found > 0 ? parameter.name() : first;
        nonFinite += found;
      }
    }
    boolean unchanged = whole || before.equals(WeightDigest.of(base));
    return new Inspection(unchanged, 0, nonFinite, first, nonFiniteAnswers);
  }

  /** What was seen, and the arrays that are alive now that everything is closed. */
  public Inspection closed(Inspection seen) {
    return seen.leaking(Torch.liveArrays() - alive);
  }
}
