package io.buckbench.parity;

import io.buckbench.checkpoint.Safetensors;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Compares saved adapters: those that PEFT wrote, and those that BuckBench would write. */
record SavedComparison(CaseFolder folder, Computed computed, CaseRows rows) {
  /** Compares the tensors that BuckBench would write with those that the reference wrote. */
  void written(String directory, Adapter adapter, Tolerance tolerance) {
    Optional<Map<String, double[]>> reference = folder.tensors(directory + "/adapter_model");
    // PEFT also writes some weights of the base model, and BuckBench does not.
    reference.ifPresent(
        all ->
            all.keySet()
                .removeAll(
                    adapter.config().repeatedWeights(computed.base().architecture()).keySet()));
    rows.tensors(
        directory + " as written",
        reference,
        () -> {
          Map<String, double[]> ours = new LinkedHashMap<>();
          adapter.saved().forEach((n, t) -> ours.put(n, floats(t)));
          return ours;
        },
        tolerance);
  }

  /** Loads the reference's directory and compares the logits with those of the reference. */
  void loaded(String directory, String logits) {
    Map<String, double[]> reference = folder.tensors(logits).orElse(Map.of());
    if (reference.isEmpty() || !isComplete(folder.path().resolve(directory))) {
      return;
    }
    try (Adapter adapter =
        AdapterDirectory.load(folder.path().resolve(directory), computed.base())) {
      Deviation worst = Deviation.NONE;
      for (Map.Entry<String, double[]> e : reference.entrySet()) {
        worst = worst.and(computed.logits(e.getKey(), adapter, e.getValue()));
      }
      rows.add(directory + " as loaded, logits", worst, CaseRows.LOGITS);
    }
  }

  private static boolean isComplete(Path directory) {
    return Files.exists(directory.resolve("adapter_config.json"))
        && (Files.exists(directory.resolve("adapter_model.safetensors"))
            || Files.exists(directory.resolve("adapter_model.bin")));
  }

  private static double[] floats(Safetensors.Tensor tensor) {
    float[] values = new float[tensor.data().remaining() / Float.BYTES];
    tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return ReferenceFiles.widened(values);
  }
}
