package io.buckbench.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.model.Architecture;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.Mergeable;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.full.FullConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares every number of the reference in one method folder. */
final class ParityCase {
  /** The batch whose first labels versions of the reference treat differently; see the README. */
  private static final String AMBIGUOUS = "left_first_label";

  private final CaseFolder folder;
  private final Computed computed;
  private final CaseRows rows;

  ParityCase(String name, CaseFolder folder, Computed computed) {
    this.folder = folder;
    this.computed = computed;
    Architecture model = computed.base().architecture();
    // PEFT's name of an adapted module's own bias has one more part.
    this.rows =
        new CaseRows(
            name,
            (weight, element) -> model.hasZeroGradient(weight.replace(".base_layer", ""), element));
  }

  /**
   * @param starts the largest number of other starts of a training
   */
  List<ParityRow> compare(int starts) {
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
        new TrainingComparison(folder, computed, rows, adapter, starts).compare(saved);
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
        // The reference's float32 loss may be exact by chance, so its error counts as at least a
        // ulp.
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
      Optional<Map<String, double[]>> reference = folder.tensors("grads_" + batch);
      if (reference.isPresent()) {
        Map<String, double[]> ours = computed.gradients(batch, adapter);
        rows.add("gradients " + batch, rows.worst(ours, reference.get()), CaseRows.FINE);
        Optional<Map<String, double[]>> truth = folder.tensors("f64_grads_" + batch);
        if (truth.isPresent()) {
          double own = rows.worst(reference.get(), truth.get()).relative();
          rows.add(
              "gradients " + batch + " vs float64",
              rows.worst(ours, truth.get()),
              Tolerance.thrice(Tolerance.Measure.RELATIVE, own));
        }
      }
    }
  }

  private void merged(Mergeable mergeable, Adapter adapter) {
    Map<String, double[]> before = Computed.values(computed.base().parameters());
    mergeable.merge();
    Optional<Map<String, double[]>> weights = folder.tensors("merged_init");
    rows.tensors(
        "merged weights",
        weights,
        () -> {
          Map<String, double[]> ours = Computed.values(computed.base().parameters());
          // The reference leaves out a head, which is tied in most families.
          String head = computed.base().architecture().head();
          if (!weights.orElseThrow().containsKey(head)) {
            ours.remove(head);
          }
          return ours;
        },
        CaseRows.FINE);
    folder
        .tensors("merged_init_logits")
        .orElse(Map.of())
        .forEach(
            (batch, reference) ->
                rows.add(
                    "merged logits " + batch,
                    computed.logits(batch, adapter, reference),
                    CaseRows.LOGITS));
    mergeable.unmerge();
    rows.add(
        "unmerged weights",
        rows.worst(Computed.values(computed.base().parameters()), before),
        Tolerance.equal());
  }
}
