package io.buckbench.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.Mergeable;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.full.FullConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One method folder: every number of the reference in it, computed again. */
final class ParityCase {
  /** The batch whose first labels the reference's versions read differently; see the README. */
  private static final String AMBIGUOUS = "left_first_label";

  private final CaseFolder folder;
  private final Computed computed;
  private final CaseRows rows;

  ParityCase(String name, CaseFolder folder, Computed computed) {
    this.folder = folder;
    this.computed = computed;
    this.rows = new CaseRows(name, computed.base().architecture()::hasZeroGradient);
  }

  List<ParityRow> compare() {
    MethodConfig config = folder.config(computed.base().architecture());
    SavedComparison saved = new SavedComparison(folder, computed, rows);
    try (Adapter adapter = config.attach(computed.base(), 0)) {
      Optional<Map<String, double[]>> init = folder.tensors("init");
      init.ifPresent(
          values ->
              Computed.set(
                  adapter.parameters(), values, folder.path().resolve("init.safetensors") + ""));
      if (init.isPresent() || config instanceof FullConfig) {
        counts(config, adapter);
        logits(adapter);
        losses(adapter);
        gradients(adapter);
        for (int tokens : new int[] {3, 8}) {
          String key = "generate" + tokens;
          rows.ids(key, folder.result(key), n -> computed.generate(n, adapter), tokens);
        }
        saved.written("adapter_init", adapter, CaseRows.FINE);
        if (adapter instanceof Mergeable mergeable) {
          merged(mergeable, adapter);
        }
        new TrainingComparison(folder, computed, rows, adapter).compare(saved);
      }
    }
    saved.loaded("adapter_init", "logits");
    saved.loaded("adapter_final", "final_right_logits");
    return rows.list();
  }

  private void counts(MethodConfig config, Adapter adapter) {
    Optional<JsonNode> count = folder.result("trainable_count");
    if (count.isPresent()) {
      double reference = count.get().asDouble();
      double formula = config.trainableParameters(computed.base().architecture());
      double attached = adapter.parameters().stream().mapToLong(p -> p.array().size()).sum();
      rows.add(
          "trainable parameters",
          Deviation.of(new double[] {formula, attached}, new double[] {reference, reference}),
          Tolerance.equal());
    }
  }

  private void logits(Adapter adapter) {
    Map<String, double[]> yardstick = folder.tensors("f64_logits").orElse(Map.of());
    folder
        .tensors("logits")
        .orElse(Map.of())
        .forEach(
            (batch, all) -> {
              double[] reference = computed.real(all, batch, adapter);
              double[] ours = computed.real(computed.logits(batch, adapter), batch, adapter);
              rows.add("logits " + batch, Deviation.of(ours, reference), CaseRows.LOGITS);
              if (yardstick.containsKey(batch)) {
                double[] truth = computed.real(yardstick.get(batch), batch, adapter);
                rows.add(
                    "logits " + batch + " vs float64",
                    Deviation.of(ours, truth),
                    Tolerance.thrice(
                        Tolerance.Measure.ABSOLUTE, Deviation.of(reference, truth).absolute()));
              }
            });
  }

  private void losses(Adapter adapter) {
    for (String batch : computed.batches().keySet()) {
      Optional<JsonNode> reference = folder.result("loss_" + batch);
      if (reference.isEmpty() || batch.equals(AMBIGUOUS)) {
        continue;
      }
      double expected = reference.get().asDouble();
      double ours = computed.loss(batch, adapter);
      rows.add("loss " + batch, Deviation.of(ours, expected), CaseRows.FINE);
      Optional<JsonNode> exact = folder.result("loss64_" + batch);
      if (exact.isPresent()) {
        double truth = exact.get().asDouble();
        // A float32 loss can hit the truth by luck; no float32 can be told from it within a ulp.
        double own = Math.max(Math.abs(expected - truth), Math.ulp((float) truth));
        rows.add(
            "loss " + batch + " vs float64",
            Deviation.of(ours, truth),
            Tolerance.thrice(Tolerance.Measure.ABSOLUTE, own));
      }
    }
  }

  private void gradients(Adapter adapter) {
    for (String batch : TrainingComparison.BATCHES) {
      folder
          .tensors("grads_" + batch)
          .ifPresent(
              reference -> {
                Map<String, double[]> ours = computed.gradients(batch, adapter);
                rows.add("gradients " + batch, rows.worst(ours, reference), CaseRows.FINE);
                folder
                    .tensors("f64_grads_" + batch)
                    .ifPresent(
                        truth ->
                            rows.add(
                                "gradients " + batch + " vs float64",
                                rows.worst(ours, truth),
                                Tolerance.thrice(
                                    Tolerance.Measure.RELATIVE,
                                    rows.worst(reference, truth).relative())));
              });
    }
  }

  private void merged(Mergeable mergeable, Adapter adapter) {
    Map<String, double[]> before = Computed.values(computed.base().parameters());
    mergeable.merge();
    folder
        .tensors("merged_init")
        .ifPresent(
            reference ->
                rows.add(
                    "merged weights",
                    rows.worst(Computed.values(computed.base().parameters()), reference),
                    CaseRows.FINE));
    folder
        .tensors("merged_init_logits")
        .orElse(Map.of())
        .forEach(
            (batch, all) ->
                rows.add(
                    "merged logits " + batch,
                    Deviation.of(
                        computed.real(computed.logits(batch, adapter), batch, adapter),
                        computed.real(all, batch, adapter)),
                    CaseRows.LOGITS));
    mergeable.unmerge();
    rows.add(
        "unmerged weights",
        rows.worst(Computed.values(computed.base().parameters()), before),
        Tolerance.equal());
  }
}
