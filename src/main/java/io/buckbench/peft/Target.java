package io.buckbench.peft;

import io.buckbench.model.OptConfig;
import io.buckbench.model.Projection;
import java.util.List;

/**
 * One projection of one layer.
 *
 * @param layer from 0
 */
public record Target(int layer, Projection projection) {
  /** In the order in which Hugging Face's OPT defines its modules, and so PEFT lists them. */
  static final List<Projection> ORDER =
      List.of(
          Projection.K_PROJ,
          Projection.V_PROJ,
          Projection.Q_PROJ,
          Projection.OUT_PROJ,
          Projection.FC1,
          Projection.FC2);

  /** The module's full name in the base model. */
  public String module() {
    return "model.decoder.layers." + layer + "." + projection.path();
  }

  /** The module's full name under PEFT's wrapper. */
  public String wrapped() {
    return "base_model.model." + module();
  }

  /** Width of what goes in. */
  public long in(OptConfig shape) {
    return projection == Projection.FC2 ? shape.ffnDim() : shape.hiddenSize();
  }

  /** Width of what comes out. */
  public long out(OptConfig shape) {
    return projection == Projection.FC1 ? shape.ffnDim() : shape.hiddenSize();
  }
}
