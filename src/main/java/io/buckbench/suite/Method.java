package io.buckbench.suite;

import io.buckbench.peft.MethodConfig;
import io.buckbench.record.Declaration;
import java.util.Optional;

/**
 * The method of a configuration.
 *
 * @param name {@link Declaration#NONE}, {@link Declaration#MAJORITY}, {@link Declaration#ALL_YES},
 *     or a folder of {@code benchmarks/methods}
 * @param variant the method file in that folder, without extension; empty if nothing is trained
 * @param config the settings in the method file; empty if nothing is trained
 */
public record Method(String name, String variant, Optional<MethodConfig> config) {
  /** Whether anything is trained. */
  public boolean trains() {
    return !name.equals(Declaration.NONE) && needsModel();
  }

  /** Whether a model is needed. */
  public boolean needsModel() {
    return !Declaration.isBaseline(name);
  }
}
