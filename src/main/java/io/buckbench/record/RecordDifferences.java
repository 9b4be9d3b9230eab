package io.buckbench.record;

import io.buckbench.eval.Prediction;
import io.buckbench.train.StepMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What differs between two records of the same trial. Times, dollars, memory, the number of workers
 * and when and by which commit it was run are not compared: a repeated trial has other ones.
 */
public final class RecordDifferences {
  private final List<String> found = new ArrayList<>();

  private RecordDifferences() {}

  /** The differences, what the trial was given first; empty if the records are equal. */
  public static List<String> between(RunRecord a, RunRecord b) {
    List<String> found = new ArrayList<>(ofInputs(a, b));
    found.addAll(ofResults(a, b));
    return List.copyOf(found);
  }

  /** What differs in what two trials did and gave; empty if their bits are equal. */
  public static List<String> ofResults(RunRecord a, RunRecord b) {
    RecordDifferences differences = new RecordDifferences();
    differences.results(a, b);
    return List.copyOf(differences.found);
  }

  /** What differs in what two trials were given: row, files, versions, device. */
  public static List<String> ofInputs(RunRecord a, RunRecord b) {
    RecordDifferences differences = new RecordDifferences();
    differences.inputs(a, b);
    return List.copyOf(differences.found);
  }

  private void inputs(RunRecord a, RunRecord b) {
    Provenance one = a.provenance();
    Provenance other = b.provenance();
    maps("column ", a.declared().inputs(), b.declared().inputs());
    maps("input ", one.sha256(), other.sha256());
    maps("version of ", one.versions(), other.versions());
    maps("PyTorch's ", one.pytorchFlags(), other.pytorchFlags());
    values("device class", one.deviceClass(), other.deviceClass());
    values("precision", one.precision(), other.precision());
  }

  private void results(RunRecord a, RunRecord b) {
    values("status", a.status(), b.status());
    values("trained parameters", a.trainableParameters(), b.trainableParameters());
    steps(a.steps(), b.steps());
    values("digest of the trained weights", a.trainableSha256(), b.trainableSha256());
    values("inspection", a.inspection(), b.inspection());
    values("cut prompts", a.truncated(), b.truncated());
    predictions(a.predictions(), b.predictions());
    SideEffects one = a.sideEffects();
    SideEffects other = b.sideEffects();
    values("perplexity before", one.perplexityBefore(), other.perplexityBefore());
    values("perplexity after", one.perplexityAfter(), other.perplexityAfter());
    values("bytes of the adapter", one.adapterBytes(), other.adapterBytes());
  }

  private void values(String what, Object a, Object b) {
    if (!Objects.equals(a, b)) {
      found.add(what + ": " + a + " and " + b);
    }
  }

  private void maps(String what, Map<String, ?> a, Map<String, ?> b) {
    TreeSet<String> keys = new TreeSet<>(a.keySet());
    keys.addAll(b.keySet());
    keys.forEach(key -> values(what + key, a.get(key), b.get(key)));
  }

  /** Adds the first step that differs. */
  private void steps(List<StepMetric> a, List<StepMetric> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int before = found.size();
      String step = "step " + a.get(i).step() + ": ";
      values(step + "loss", a.get(i).loss(), b.get(i).loss());
      values(step + "gradient norm", a.get(i).gradientNorm(), b.get(i).gradientNorm());
      values(step + "learning rate", a.get(i).learningRate(), b.get(i).learningRate());
      values(step + "tokens", a.get(i).tokens(), b.get(i).tokens());
      if (found.size() > before) {
        return;
      }
    }
    values("number of steps", a.size(), b.size());
  }

  /** Adds the first answer that differs. */
  private void predictions(List<Prediction> a, List<Prediction> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        values("answer to item " + i, a.get(i), b.get(i));
        return;
      }
    }
    values("number of answers", a.size(), b.size());
  }
}
