package io.buckbench.golden;

import io.buckbench.eval.Answer;
import io.buckbench.eval.Prediction;
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
 * One trial in short: the answer to every test item, and digests of the rest.
 *
 * @param seed the trial's seed
 * @param status how it ended
 * @param steps optimiser steps taken
 * @param finalLoss of the last step; NaN without steps
 * @param losses at the steps 1, 2, 4, 8, ... and the last: they show where two runs begin to
 *     differ, up to a factor of two
 * @param lossesSha256 of every loss
 * @param trainableSha256 of the trained parameters
 * @param predictionsSha256 of every prediction with its likelihoods
 * @param answers {@code y}, {@code n} or {@code o} (other) for each test item, a hundred a line
 * @param others texts that are neither yes nor no, each with the numbers of its test items, counted
 *     from 0
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
        lines(run.predictions()),
        others(run.predictions()));
  }

  private static List<String> lines(List<Prediction> predictions) {
    StringBuilder letters = new StringBuilder();
    predictions.forEach(p -> letters.append(letter(p.answer())));
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < letters.length(); from += PER_LINE) {
      lines.add(letters.substring(from, Math.min(letters.length(), from + PER_LINE)));
    }
    return lines;
  }

  private static char letter(Answer answer) {
    return switch (answer) {
      case YES -> 'y';
      case NO -> 'n';
      case OTHER -> 'o';
    };
  }

  private static Map<String, String> others(List<Prediction> predictions) {
    Map<String, String> others = new LinkedHashMap<>();
    for (int i = 0; i < predictions.size(); i++) {
      if (predictions.get(i).answer() == Answer.OTHER) {
        String row = Integer.toString(i);
        others.merge(predictions.get(i).generated(), row, (all, one) -> all + " " + one);
      }
    }
    return others;
  }

  /** The answers as they were given to these test rows; likelihoods are not kept. */
  public List<Prediction> predictions(TestSet set) {
    Map<Integer, String> texts = new HashMap<>();
    others.forEach(
        (text, rows) ->
            List.of(rows.split(" ")).forEach(row -> texts.put(Integer.parseInt(row), text)));
    String letters = letters();
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      String answer =
          switch (letters.charAt(i)) {
            case 'y' -> "yes";
            case 'n' -> "no";
            default -> texts.get(i);
          };
      boolean wanted = set.wanted().charAt(i) == 'y';
      predictions.add(new Prediction(set.ids().get(i), "", wanted, answer, Double.NaN, Double.NaN));
    }
    return predictions;
  }

  /** Every answer's letter in one text; empty where the trial answered nothing. */
  String letters() {
    return String.join("", answers);
  }

  /** What is different in another run of this trial, each in words. */
  List<String> movedTo(TrialResults now) {
    List<String> moved = new ArrayList<>();
    if (status != now.status) {
      moved.add(status + " -> " + now.status);
    }
    if (steps != now.steps) {
      moved.add("steps " + steps + " -> " + now.steps);
    }
    if (!lossesSha256.equals(now.lossesSha256)) {
      moved.add(lossesMovedTo(now));
    }
    if (!trainableSha256.equals(now.trainableSha256)) {
      moved.add("trained weights differ");
    }
    if (!predictionsSha256.equals(now.predictionsSha256)) {
      boolean sameAnswers = letters().equals(now.letters());
      moved.add(sameAnswers ? "likelihoods or other texts differ" : "answers differ");
    }
    return moved;
  }

  private String lossesMovedTo(TrialResults now) {
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
        .orElse("losses differ between the steps that are kept");
  }

  /** Whether another run gave the same losses, weights and predictions to the last bit. */
  boolean bitEqual(TrialResults other) {
    return seed == other.seed
        && status == other.status
        && lossesSha256.equals(other.lossesSha256)
        && trainableSha256.equals(other.trainableSha256)
        && predictionsSha256.equals(other.predictionsSha256);
  }
}
