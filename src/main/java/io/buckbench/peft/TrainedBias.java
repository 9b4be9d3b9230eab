package io.buckbench.peft;

import java.util.Locale;

/** PEFT's {@code bias}: which biases of the base model are trained beside the adapter. */
public enum TrainedBias {
  NONE,
  /** Every bias of the model, those of norms too. */
  ALL,
  /** The biases of the adapted modules. */
  ONLY;

  /**
   * Reads the key.
   *
   * @param only PEFT's word for {@link #ONLY}, for example {@code lora_only}
   */
  public static TrainedBias read(ConfigJson json, String only) {
    String found = json.text("bias").orElse("none");
    if (found.equals(only)) {
      return ONLY;
    }
    if (!found.equals("none") && !found.equals("all")) {
      json.problem("bias", found, "none, all or " + only, "choose one of these");
      return NONE;
    }
    return valueOf(found.toUpperCase(Locale.ROOT));
  }

  /** The value, as PEFT writes it. */
  public String toJson(String only) {
    return this == ONLY ? only : name().toLowerCase(Locale.ROOT);
  }
}
