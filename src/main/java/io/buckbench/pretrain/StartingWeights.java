package io.buckbench.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.model.CausalLM;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Starting weights in which every head already prefers the token it stands on: queries and keys of
 * a layer share one random matrix, each with noise of its own (mimetic initialisation: Trockman and
 * Kolter 2023, arXiv:2305.09828, section 4). Finding a word again is half of checking a statement;
 * from independent matrices a model of this size needs ten times the steps to find it.
 */
final class StartingWeights {
  /** Standard deviation of all other weights, and of the noise. */
  static final double STD = 0.05;

  /** Standard deviation of the shared matrix. */
  private static final double SHARED_STD = 0.1;

  private StartingWeights() {}

  /** Overwrites the query and key weights of a model drawn with {@link #STD}. */
  static void shareQueriesAndKeys(CausalLM model, long seed) {
    Map<String, NDArray> weights =
        model.parameters().stream().collect(Collectors.toMap(Parameter::name, Parameter::array));
    SplittableRandom random = new SplittableRandom(seed);
    int width = model.config().hiddenSize();
    for (int layer = 0; layer < model.config().layers(); layer++) {
      String attention = "model.decoder.layers." + layer + ".self_attn.";
      try (NDManager scratch = Torch.newManager()) {
        NDArray shared = Init.normal(scratch, random, 0, SHARED_STD, width, width);
        for (String projection : new String[] {"q_proj", "k_proj"}) {
          NDArray noise = Init.normal(scratch, random, 0, STD, width, width);
          Tensors.copyInto(weights.get(attention + projection + ".weight"), noise.add(shared));
        }
      }
    }
  }
}
