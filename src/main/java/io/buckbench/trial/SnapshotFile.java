package io.buckbench.trial;

import io.buckbench.budget.CostMeter;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonRecords;
import io.buckbench.train.StepMetric;
import io.buckbench.train.TrainingSnapshot;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training snapshot with the steps and dollars until then as one safetensors file, which is
 * replaced as a whole. Tensors are named {@code parameter/<name>}, {@code mean/<name>} and {@code
 * variance/<name>}; the rest is JSON in the metadata.
 */
final class SnapshotFile {
  private static final String STATE = "buckbench";
  private static final JsonRecords RECORDS = new JsonRecords(options -> {});

  private SnapshotFile() {}

  /**
   * What a resumed trial continues from.
   *
   * @param inputs everything on which the bits of the trial depend, by name
   * @param milestones ids of the milestones that had ended
   * @param meter the state of the cost meter
   * @param metrics every step so far
   * @param steps number of updates so far
   * @param updates how often each parameter was updated
   * @param skippedSteps number of skipped steps
   * @param lossScaling the state of the loss scaling
   */
  record State(
      Map<String, String> inputs,
      List<String> milestones,
      CostMeter.State meter,
      List<StepMetric> metrics,
      int steps,
      Map<String, Integer> updates,
      int skippedSteps,
      TrainingSnapshot.LossScaling lossScaling) {}

  /** The state and the values of a training. */
  record Content(State state, TrainingSnapshot training) {}

  static void write(
      Path file,
      Map<String, String> inputs,
      List<String> milestones,
      CostMeter.State meter,
      List<StepMetric> metrics,
      TrainingSnapshot training) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    add(tensors, "parameter/", training.parameters());
    add(tensors, "mean/", training.means());
    add(tensors, "variance/", training.variances());
    State state =
        new State(
            inputs,
            milestones,
            meter,
            metrics,
            training.steps(),
            training.updates(),
            training.skippedSteps(),
            training.lossScaling());
    Safetensors.write(file, tensors, Map.of(STATE, RECORDS.text(state)));
  }

  private static void add(
      Map<String, Safetensors.Tensor> tensors, String kind, Map<String, float[]> values) {
    values.forEach(
        (name, array) ->
            tensors.put(kind + name, Safetensors.Tensor.of(new long[] {array.length}, array)));
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it is damaged
   */
  static Content read(Path file) {
    try (NamedTensors tensors = Safetensors.read(file)) {
      String text = tensors.metadata().getOrDefault(STATE, "");
      State state = RECORDS.parse(file + " metadata", text, State.class, "a snapshot", "delete it");
      TrainingSnapshot training =
          new TrainingSnapshot(
              state.steps(),
              values(tensors, "parameter/"),
              values(tensors, "mean/"),
              values(tensors, "variance/"),
              state.updates(),
              state.skippedSteps(),
              state.lossScaling());
      return new Content(state, training);
    }
  }

  private static Map<String, float[]> values(NamedTensors tensors, String kind) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (String name : tensors.names()) {
      if (name.startsWith(kind)) {
        values.put(name.substring(kind.length()), tensors.floats(name));
      }
    }
    return values;
  }
}
