package io.buckbench.parity;

import io.buckbench.checkpoint.Safetensors;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adapters on disk: what PEFT wrote, and what we would write. */
record SavedComparison(CaseFolder folder, Computed computed, CaseRows rows) {
  /** What we would write against what the reference wrote. */
  void written(String directory, Adapter adapter, Tolerance tolerance) {
    folder
        .tensors(directory + "/adapter_model")
        .ifPresent(
            reference -> {
              Map<String, double[]> ours = new LinkedHashMap<>();
              adapter.saved().forEach((n, t) -> ours.put(n, floats(t)));
              rows.add(directory + " as written", rows.worst(ours, reference), tolerance);
            });
  }

  /** The reference's directory loaded as it is, and the logits it then gave. */
  void loaded(String directory, String logits) {
    Map<String, double[]> reference = folder.tensors(logits).orElse(Map.of());
    if (reference.isEmpty() || !isWhole(folder.path().resolve(directory))) {
      return;
    }
    try (Adapter adapter =
        AdapterDirectory.load(folder.path().resolve(directory), computed.base())) {
      Deviation worst = Deviation.NONE;
      for (Map.Entry<String, double[]> e : reference.entrySet()) {
        double[] ours = computed.logits(e.getKey(), adapter);
        worst =
            worst.and(
                Deviation.of(
                    computed.real(ours, e.getKey(), adapter),
                    computed.real(e.getValue(), e.getKey(), adapter)));
      }
      rows.add(directory + " as loaded, logits", worst, CaseRows.LOGITS);
    }
  }

  private static boolean isWhole(Path directory) {
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
