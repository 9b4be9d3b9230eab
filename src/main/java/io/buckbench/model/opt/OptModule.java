package io.buckbench.model.opt;

import io.buckbench.model.LinearModule;
import io.buckbench.model.LinearModule.Role;
import io.buckbench.model.Shape;

/** The linear modules of a decoder layer, in the order of Hugging Face's OPT and of PEFT. */
enum OptModule {
  K_PROJ("self_attn.k_proj", Role.KEY),
  V_PROJ("self_attn.v_proj", Role.VALUE),
  Q_PROJ("self_attn.q_proj", Role.QUERY),
  OUT_PROJ("self_attn.out_proj", Role.ATTENTION_OUTPUT),
  FC1("fc1", Role.FEED_FORWARD),
  FC2("fc2", Role.FEED_FORWARD);

  private final String path;
  private final Role role;

  OptModule(String path, Role role) {
    this.path = path;
    this.role = role;
  }

  /** The last part of the path. */
  String moduleName() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  LinearModule in(OptArchitecture model, int layer) {
    Shape shape = model.shape();
    return new LinearModule(
        (OptWeights.projects(shape) ? 2 : 0) + layer * values().length + ordinal(),
        OptWeights.layer(layer) + path,
        role,
        layer,
        this == FC2 ? shape.feedForward() : shape.hidden(),
        this == FC1 ? shape.feedForward() : shape.hidden(),
        false,
        model.biases());
  }
}
