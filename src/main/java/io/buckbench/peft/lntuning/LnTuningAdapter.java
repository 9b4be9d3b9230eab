package io.buckbench.peft.lntuning;

import io.buckbench.model.CausalLM;
import io.buckbench.peft.HookedAdapter;

/** Trained copies of whole modules; nothing is hooked. */
final class LnTuningAdapter extends HookedAdapter {
  LnTuningAdapter(LnTuningConfig config, CausalLM base, Values values) {
    super(config, base, values);
  }
}
