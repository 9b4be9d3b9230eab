package io.buckbench.golden;

import io.buckbench.data.Answers;
import io.buckbench.eval.Diagnosis;
import io.buckbench.eval.Prediction;
import io.buckbench.eval.Scores;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.train.StepMetric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A trial in compact form: the answer to every test item, and digests of everything else.
 *
 * @param seed the trial's seed
 * @param status how the trial ended
 * @param steps number of optimiser steps
 * @param finalLoss the loss of the last step; NaN without steps
 * @param losses at the steps 1, 2, 4, 8, ... and the last; they show within a factor of two at
 *     which step two runs begin to differ
 * @param lossesSha256 digest of all losses
 * @param trainableSha256 digest of the trained parameters
 * @param predictionsSha256 digest of all predictions and their likelihoods
 * @param answers the letter of the answer to each test item as in {@link TestSet}, in strings of a
 *     hundred
 * @param others each text that is none of the answers, with the indices of its test items from 0
 */
public record TrialResults(
    long seed,
    RunStatus status,
    int steps,
    double finalLoss,
    Map<Integer, Double> losses,
    String lossesSha256,
    String trainableSha256,
    String predictionsSha256,
    List<String> answers,
    Map<String, String> others) {
  private static final int PER_LINE = 100;

  static TrialResults of(RunRecord run) {
    List<StepMetric> steps = run.steps();
    Map<Integer, Double> losses = new LinkedHashMap<>();
    for (int i = 1; i < steps.size(); i *= 2) {
      losses.put(steps.get(i - 1).step(), steps.get(i - 1).loss());
    }
    StepMetric last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
    if (last != null) {
      losses.put(last.step(), last.loss());
    }
    return new TrialResults(
        run.seed(),
        run.status(),
        steps.size(),
        last == null ? Double.NaN : last.loss(),
        losses,
        RunDigests.losses(run),
        run.trainableSha256(),
        RunDigests.predictions(run),
        lines(run),
        others(run.predictions()));
  }

  private static List<String> lines(RunRecord run) {
    StringBuilder letters = new StringBuilder();
    if (!run.predictions().isEmpty()) {
      TestSet set = TestSet.of(run.predictions());
      run.predictions().forEach(p -> letters.append(set.letter(p.answer())));
    }
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < letters.length(); from += PER_LINE) {
      lines.add(letters.substring(from, Math.min(letters.length(), from + PER_LINE)));
    }
    return lines;
  }

  private static Map<String, String> others(List<Prediction> predictions) {
    Map<String, String> others = new LinkedHashMap<>();
    for (int i = 0; i < predictions.size(); i++) {
      if (predictions.get(i).answer() == Answers.OTHER) {
        String item = Integer.toString(i);
        others.merge(predictions.get(i).generated(), item, (all, one) -> all + " " + one);
      }
    }
    return others;
  }

  /** The predictions for these test items, without likelihoods, which are not kept. */
  public List<Prediction> predictions(TestSet set) {
    Map<Integer, String> texts = new HashMap<>();
    others.forEach(
        (text, items) ->
            List.of(items.split(" ")).forEach(item -> texts.put(Integer.parseInt(item), text)));
    String letters = letters();
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      int answer = set.answer(letters.charAt(i));
      predictions.add(
          Prediction.withoutModel(
              set.ids().get(i),
              "",
              set.answers(),
              set.answer(set.wanted().charAt(i)),
              answer == Answers.OTHER ? texts.get(i) : set.answers().word(answer)));
    }
    return predictions;
  }

  /** Whether the trial learned, by the rule of {@link Diagnosis}. */
  boolean learned(TestSet set) {
    return !answers.isEmpty()
        && Diagnosis.of(Scores.of(predictions(set)), status == RunStatus.DIVERGED).kind()
            == Diagnosis.Kind.LEARNED;
  }

  /** The letters of all answers; empty if the trial answered nothing. */
  String letters() {
    return String.join("", answers);
  }

  /** Describes each difference to another run of this trial. */
  List<String> differences(TrialResults now) {
    List<String> differences = new ArrayList<>();
    if (status != now.status) {
      differences.add(status + " -> " + now.status);
    }
    if (steps != now.steps) {
      differences.add("steps " + steps + " -> " + now.steps);
    }
    if (!lossesSha256.equals(now.lossesSha256)) {
      differences.add(lossDifference(now));
    }
    if (!trainableSha256.equals(now.trainableSha256)) {
      differences.add("trained weights differ");
    }
    if (!predictionsSha256.equals(now.predictionsSha256)) {
      boolean sameAnswers = letters().equals(now.letters());
      differences.add(sameAnswers ? "likelihoods or other texts differ" : "answers differ");
    }
    return differences;
  }

  private String lossDifference(TrialResults now) {
    return losses.entrySet().stream()
        .filter(was -> !was.getValue().equals(now.losses.get(was.getKey())))
        .findFirst()
        .map(
            was ->
                String.format(
                    Locale.ROOT,
                    "losses differ by step %d (%s -> %s)",
                    was.getKey(),
                    was.getValue(),
                    Objects.requireNonNullElse(now.losses.get(was.getKey()), "none")))
        .orElse("losses differ between the recorded steps");
  }

  /** Whether another run has bit-equal losses, weights and predictions. */
  boolean bitEqual(TrialResults other) {
    return seed == other.seed
        && status == other.status
        && lossesSha256.equals(other.lossesSha256)
        && trainableSha256.equals(other.trainableSha256)
        && predictionsSha256.equals(other.predictionsSha256);
  }
}
