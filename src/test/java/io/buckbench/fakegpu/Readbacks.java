package io.buckbench.fakegpu;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.TokenBatch;
import io.buckbench.model.CausalLM;
import io.buckbench.model.TestModels;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import io.buckbench.peft.MethodConfig;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import io.buckbench.tensor.WeightDigest;
import io.buckbench.train.Trainer;
import io.buckbench.train.TrainingOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Repeats everything that reads from the device. Prints the live arrays and managers after each
 * round, and the native calls of a weight digest.
 */
final class Readbacks {
  private static final TokenBatch BATCH =
      new TokenBatch(
          new long[][] {{2, 5, 6, 7}}, new long[][] {{1, 1, 1, 1}}, new long[][] {{2, 5, 6, 7}});

  private Readbacks() {}

  /**
   * @param arguments a directory to write to
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    MethodConfig lora = MethodConfig.read(Path.of("benchmarks/methods/lora/r4_qv.json"));
    ObjectNode json = new ObjectMapper().createObjectNode();
    ArrayNode arrays = json.putArray("arrays");
    ArrayNode managers = json.putArray("managers");
    // The embedding has more elements than one piece of a digest.
    try (CausalLM model =
            CausalLM.random(
                TestModels.opt("vocab_size", 20_000, "hidden_size", 32), 1, Precision.MIXED, true);
        Adapter adapter = lora.attach(model, 1);
        Trainer trainer =
            new Trainer(
                model, adapter.seams(), adapter.parameters(), TrainingOptions.constant(1e-3, 1))) {
      for (int round = 0; round < 3; round++) {
        trainer.step(List.of(BATCH, BATCH));
        model.generate(BATCH.inputIds(), BATCH.attentionMask(), 2, adapter.seams(), 3);
        WeightDigest.of(model.parameters());
        WeightDigest.of(adapter.parameters());
        Tensors.nonFinite(model.tokenEmbedding());
        trainer.snapshot();
        AdapterDirectory.save(
            Path.of(arguments[0], "adapter-" + round), adapter, model.architecture(), "random");
        arrays.add(Torch.liveArrays());
        managers.add(managers());
      }
      NativeCalls.reset();
      WeightDigest.of(model.parameters());
      json.set("digest", NativeCalls.json());
      json.put("weights", WeightDigest.count(model.parameters()));
    }
    System.out.println(json);
  }

  private static int managers() throws ReflectiveOperationException {
    try (NDManager manager = Torch.newManager()) {
      return managers(manager.getParentManager());
    }
  }

  private static int managers(NDManager manager) throws ReflectiveOperationException {
    var field = BaseNDManager.class.getDeclaredField("resources");
    field.setAccessible(true);
    int count = 1;
    for (Object resource : ((Map<?, ?>) field.get(manager)).values()) {
      count += resource instanceof NDManager below ? managers(below) : 0;
    }
    return count;
  }
}
