package io.buckbench.model;

/** The linear projections of a decoder layer that an adapter may hook, by Hugging Face's names. */
public enum Projection {
  Q_PROJ("self_attn.q_proj"),
  K_PROJ("self_attn.k_proj"),
  V_PROJ("self_attn.v_proj"),
  OUT_PROJ("self_attn.out_proj"),
  FC1("fc1"),
  FC2("fc2");

  private final String path;

  Projection(String path) {
    this.path = path;
  }

  /** The module's path below its layer, for example {@code self_attn.q_proj}. */
  public String path() {
    return path;
  }

  /** The module's own name, as {@code target_modules} spells it, for example {@code q_proj}. */
  public String module() {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
