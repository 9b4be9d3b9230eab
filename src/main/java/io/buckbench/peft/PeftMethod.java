package io.buckbench.peft;

import io.buckbench.peft.full.FullConfig;
import io.buckbench.peft.ia3.Ia3Config;
import io.buckbench.peft.lntuning.LnTuningConfig;
import io.buckbench.peft.lora.LoraConfig;
import io.buckbench.peft.prefix.PrefixConfig;
import io.buckbench.peft.prompt.PromptConfig;
import io.buckbench.peft.ptuning.PtuningConfig;
import io.buckbench.peft.vera.VeraConfig;
import java.util.Arrays;
import java.util.function.Function;

/** The methods, by PEFT's {@code peft_type}. */
public enum PeftMethod {
  LORA("lora", LoraConfig::from),
  PROMPT_TUNING("prompt", PromptConfig::from),
  P_TUNING("ptuning", PtuningConfig::from),
  PREFIX_TUNING("prefix", PrefixConfig::from),
  IA3("ia3", Ia3Config::from),
  VERA("vera", VeraConfig::from),
  LN_TUNING("lntuning", LnTuningConfig::from),
  FULL("full", FullConfig::from);

  private final String folder;
  private final Function<ConfigJson, MethodConfig> reader;

  PeftMethod(String folder, Function<ConfigJson, MethodConfig> reader) {
    this.folder = folder;
    this.reader = reader;
  }

  /** The method's subpackage and its folder under {@code benchmarks/methods}. */
  public String folder() {
    return folder;
  }

  /** The method of a {@link #folder}, which must be one. */
  public static PeftMethod ofFolder(String folder) {
    return Arrays.stream(values()).filter(m -> m.folder.equals(folder)).findFirst().orElseThrow();
  }

  MethodConfig read(ConfigJson json) {
    return reader.apply(json);
  }
}
