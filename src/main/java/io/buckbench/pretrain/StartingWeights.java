package io.buckbench.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.model.CausalLM;
import io.buckbench.model.LinearModule;
import io.buckbench.model.LinearModule.Role;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Starting weights with which every head attends to tokens like the current one: the query and key
 * weights of a layer are one random matrix plus independent noise (mimetic initialisation: Trockman
 * and Kolter 2023, arXiv:2305.09828, section 4). Finding the earlier occurrence of a word is half
 * of checking a statement; from independent matrices, a model of this size needs ten times the
 * steps to learn it.
 */
final class StartingWeights {
  /** Standard deviation of the shared matrix. */
  private static final double SHARED_STD = 0.1;

  private StartingWeights() {}

  /** Overwrites the query and key weights; the noise has the usual initial standard deviation. */
  static void shareQueriesAndKeys(CausalLM model, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Integer, List<LinearModule>> byLayer =
        model.architecture().linearModules().stream()
            .filter(module -> module.role() == Role.QUERY || module.role() == Role.KEY)
            .collect(Collectors.groupingBy(LinearModule::layer, TreeMap::new, Collectors.toList()));
    for (List<LinearModule> modules : byLayer.values()) {
      LinearModule query = only(modules, Role.QUERY);
      try (NDManager scratch = Torch.newManager()) {
        NDArray shared = Init.normal(scratch, random, 0, SHARED_STD, query.weightShape());
        for (LinearModule module : List.of(query, only(modules, Role.KEY))) {
          double std = model.architecture().initStd();
          NDArray noise = Init.normal(scratch, random, 0, std, query.weightShape());
          Tensors.copyInto(model.weight(module.weight()), noise.add(shared));
        }
      }
    }
  }

  private static LinearModule only(List<LinearModule> layer, Role role) {
    return layer.stream().filter(module -> module.role() == role).findFirst().orElseThrow();
  }
}
