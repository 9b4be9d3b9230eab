package io.buckbench.promise;

import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import io.buckbench.tensor.WeightDigest;
import java.util.List;

/**
 * Inspects a model before and after work on it. Create it before the model is loaded, since it
 * counts the arrays that are alive. It changes no number, and its time belongs to no phase of a
 * trial.
 */
public final class Inspector {
  private final int alive = Torch.liveArrays();
  private String before = "";

  /** Records the digest of the base weights after loading. */
  public void loaded(List<Parameter> base) {
    before = WeightDigest.of(base);
  }

  /**
   * Inspects the model as it is now.
   *
   * @param base the base model's parameters
   * @param trained the trained parameters; if these are the base model's, they may have changed
   * @param nonFiniteAnswers the scorer's count
   */
  public Inspection inspect(List<Parameter> base, List<Parameter> trained, long nonFiniteAnswers) {
    boolean full = trained.equals(base);
    long nonFinite = 0;
    String first = "";
    for (List<Parameter> parameters : full ? List.of(base) : List.of(base, trained)) {
      for (Parameter parameter : parameters) {
        long found = Tensors.nonFinite(parameter.array());
        first = nonFinite == 0 && found > 0 ? parameter.name() : first;
        nonFinite += found;
      }
    }
    boolean unchanged = full || before.equals(WeightDigest.of(base));
    return new Inspection(unchanged, 0, nonFinite, first, nonFiniteAnswers);
  }

  /** Completes an inspection after everything was closed, with the number of leaked arrays. */
  public Inspection closed(Inspection seen) {
    return seen.leaking(Torch.liveArrays() - alive);
  }
}
