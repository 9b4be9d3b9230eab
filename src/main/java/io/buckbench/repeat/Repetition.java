package io.buckbench.repeat;

import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RecordDifferences;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.record.TrialId;
import io.buckbench.trial.WeightTrace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Two runs of a trial, compared.
 *
 * @param trial the trial
 * @param differences in what the runs differ, beginning with the first step and tensor; empty if
 *     they are bit-identical
 * @param compared what was compared, in words
 */
public record Repetition(TrialId trial, List<String> differences, String compared) {
  private static final String ENDING = ".safetensors";
  private static final Pattern STEP = Pattern.compile("step (\\d+): ");
  private static final int MOST_SHOWN = 3;
  private static final int MOST_CHARACTERS = 200;

  public Repetition {
    differences = List.copyOf(differences);
  }

  /**
   * Compares the records of a trial in two stores, the traces of their weights, if both have one,
   * and their adapters.
   *
   * @throws InvalidInputException if a store has no record of the trial, or a damaged one
   */
  public static Repetition of(TrialId trial, RunStore first, RunStore second) {
    RunRecord a = new RecordPlace(first, trial).record("run it again");
    RunRecord b = new RecordPlace(second, trial).record("run it again");
    Path one = first.directory(trial);
    Path other = second.directory(trial);
    WeightTrace.Comparison trace = WeightTrace.compare(one, other);
    List<String> differences = new ArrayList<>(RecordDifferences.ofResults(a, b));
    trace.first().ifPresent(place -> insert(place, differences));
    adapters(one, other).ifPresent(differences::add);
    for (RunRecord run : List.of(a, b)) {
      if (run.status() == RunStatus.FAILED) {
        differences.add("a run that failed: " + run.failure());
      }
    }
    String compared =
        "%d steps, %s%d answers"
            .formatted(
                a.steps().size(),
                trace.compared() == 0 ? "" : trace.compared() + " states of trained tensors, ",
                a.predictions().size());
    return new Repetition(trial, differences, compared);
  }

  /** Inserts a tensor after the loss of the same step, which was computed before. */
  private static void insert(WeightTrace.Place place, List<String> differences) {
    int at = 0;
    while (at < differences.size() && isBefore(differences.get(at), place)) {
      at++;
    }
    differences.add(
        at, "trained values after step %d, tensor %s".formatted(place.step(), place.tensor()));
  }

  private static boolean isBefore(String difference, WeightTrace.Place place) {
    Matcher step = STEP.matcher(difference);
    return step.lookingAt() && Integer.parseInt(step.group(1)) <= place.step();
  }

  /** The first tensor of the adapters' files that differs. */
  private static Optional<String> adapters(Path one, Path other) {
    for (Path file : Folders.files(one)) {
      Path its = other.resolve(one.relativize(file));
      if (!file.toString().endsWith(ENDING) || !Files.isRegularFile(its)) {
        continue;
      }
      try (NamedTensors a = Safetensors.read(file);
          NamedTensors b = Safetensors.read(its)) {
        for (String name : a.names()) {
          if (!b.names().contains(name)) {
            return Optional.of("adapter tensor " + name + ": it is only in the first");
          }
          float[] left = a.floats(name);
          float[] right = b.floats(name);
          int differing = 0;
          double most = 0;
          for (int i = 0; i < Math.min(left.length, right.length); i++) {
            if (Float.floatToRawIntBits(left[i]) != Float.floatToRawIntBits(right[i])) {
              differing++;
              most = Math.max(most, Math.abs((double) left[i] - right[i]));
            }
          }
          if (differing > 0 || left.length != right.length) {
            return Optional.of(
                "adapter tensor %s: %d of %d values, by up to %s"
                    .formatted(name, differing, left.length, most));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the runs have the same bits. */
  public boolean identical() {
    return differences.isEmpty();
  }

  /** A sentence about both runs. */
  public String words() {
    return trial
        + (identical()
            ? ": bit-identical (" + compared + ")"
            : ": not bit-identical; they first differ in " + shown());
  }

  /** The first differences; the answers that follow from them would be long. */
  private String shown() {
    int more = Math.max(0, differences.size() - MOST_SHOWN);
    return differences.stream()
            .limit(MOST_SHOWN)
            .map(text -> text.substring(0, Math.min(text.length(), MOST_CHARACTERS)))
            .collect(Collectors.joining("; "))
        + (more == 0 ? "" : "; and " + more + " more");
  }
}
