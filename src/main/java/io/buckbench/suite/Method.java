package io.buckbench.suite;

import io.buckbench.peft.MethodConfig;
import java.util.Optional;

/**
 * What a row does to its base model.
 *
 * @param name {@link #NONE}, {@link #ALL_YES}, or a folder under {@code benchmarks/methods}
 * @param variant the method file in that folder, without its ending; empty where nothing is trained
 * @param config the method file's settings; empty where nothing is trained
 */
public record Method(String name, String variant, Optional<MethodConfig> config) {
  /** The base model untouched. */
  public static final String NONE = "none";

  /** No model at all: yes to every question. */
  public static final String ALL_YES = "all-yes";

  /** Whether anything is trained. */
  public boolean trains() {
    return !name.equals(NONE) && !name.equals(ALL_YES);
  }

  /** Whether a model is needed. */
  public boolean needsModel() {
    return !name.equals(ALL_YES);
  }
}
