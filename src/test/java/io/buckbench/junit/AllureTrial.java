package io.buckbench.junit;

import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.eval.LikelihoodScores;
import io.buckbench.eval.Scores;
import io.buckbench.findings.TrialScores;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunRecord;
import io.buckbench.report.TrialCsv;
import io.buckbench.report.chart.LossPlot;
import io.qameta.allure.Allure;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reports trials to Allure. */
final class AllureTrial {
  /** The label that identifies a trial for {@link StableHistory}. */
  static final String LABEL = "trial";

  private AllureTrial() {}

  /**
   * Names the running test. Parameters are the declared columns and the seed; labels group trials
   * by suite, method and model.
   */
  static void describe(String suite, String configuration, long seed, Declaration declared) {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(parameter("configuration", configuration));
    declared.columns().entrySet().stream()
        .filter(column -> !column.getKey().equals(Declaration.ID) && !column.getValue().isBlank())
        .forEach(column -> parameters.add(parameter(column.getKey(), column.getValue())));
    parameters.add(parameter("seed", Long.toString(seed)));
    describe(
        configuration + ", seed " + seed,
        suite,
        declared.method(),
        configuration,
        label(LABEL, suite + "/" + configuration + "/" + seed),
        label("subSuite", configuration),
        label("tag", declared.model()));
    // Replaces JUnit's single parameter, which is the whole trial as a string.
    Allure.getLifecycle().updateTestCase(test -> test.setParameters(parameters));
  }

  /**
   * Names the running test if it is about a whole suite.
   *
   * @param feature the kind of test, for example {@code findings}
   * @param story what it is about, for example a hypothesis
   */
  static void describe(String suite, String feature, String story) {
    describe(
        suite + ": " + story,
        suite,
        feature,
        story,
        label(LABEL, suite + "/" + feature + "/" + story));
  }

  private static void describe(
      String name, String suite, String feature, String story, Label... more) {
    List<Label> labels = new ArrayList<>(List.of(more));
    labels.add(label("epic", "suite " + suite));
    labels.add(label("feature", feature));
    labels.add(label("story", story));
    labels.add(label("parentSuite", suite));
    labels.add(label("suite", feature));
    labels.add(label("host", "BuckBench"));
    Set<String> names = labels.stream().map(Label::getName).collect(Collectors.toSet());
    Allure.getLifecycle()
        .updateTestCase(
            test -> {
              test.setName(name);
              test.getLabels().removeIf(old -> names.contains(old.getName()));
              test.getLabels().addAll(labels);
            });
  }

  /**
   * Adds the phases and results of a trial as steps and attachments.
   *
   * @param suite records of its suite; those of the untouched model give the prior of likelihoods
   */
  static void show(RunRecord run, List<RunRecord> suite, long startedAtMillis) {
    TrialScores scored = TrialScores.of(run, suite);
    long at = startedAtMillis;
    for (CostLedger.Entry e : run.cost().entries()) {
      Map<String, String> numbers = new LinkedHashMap<>();
      numbers.put("seconds", String.format(Locale.ROOT, "%.3f", e.seconds()));
      numbers.put("dollars", e.usd().toPlainString());
      numbers.put("billed", Boolean.toString(e.billed()));
      numbers.put("threads", Integer.toString(run.provenance().threads()));
      numbers.put("workers", Integer.toString(run.provenance().workers()));
      if (e.phase() == Phase.TRAIN) {
        numbers.put("steps", Integer.toString(run.steps().size()));
        numbers.put("trainable parameters", Long.toString(run.trainableParameters()));
        numbers.put("precision", run.provenance().precision());
      }
      if (e.phase() == Phase.EVALUATE) {
        scored.scores().ifPresent(scores -> numbers.putAll(numbers(scored, scores)));
        numbers.put("ended as", scored.sentence());
      }
      AllureSteps.pastStep(e.phase().toString(), at, e.seconds(), numbers);
      at += Math.round(1000 * e.seconds());
    }
    if (!run.steps().isEmpty()) {
      Allure.addAttachment("loss", "image/svg+xml", LossPlot.svg(run), ".svg");
      Allure.addAttachment("metrics", "text/csv", TrialCsv.metrics(run), ".csv");
    }
    Allure.addAttachment("cost ledger", "text/csv", TrialCsv.ledger(run), ".csv");
    if (!run.predictions().isEmpty()) {
      Allure.addAttachment("predictions", "text/csv", TrialCsv.predictions(run), ".csv");
    }
  }

  /** The scores by generated answers and by likelihood. */
  private static Map<String, String> numbers(TrialScores trial, Scores scores) {
    LikelihoodScores likelihood = scores.likelihood();
    Map<String, String> numbers = new LinkedHashMap<>();
    numbers.put("accuracy", percent(scores.accuracy()));
    numbers.put("balanced accuracy", percent(scores.balancedAccuracy()));
    scores.levels().forEach((level, s) -> numbers.put(level, percent(s.accuracy())));
    numbers.put("answers yes or no", percent(scores.counts().parseRate()));
    numbers.put(
        "most common other answers",
        scores.otherAnswers().isEmpty() ? "none" : scores.commonestOthers(5));
    if (likelihood.items() > 0) {
      numbers.put("right by likelihood of yes against no", percent(likelihood.accuracy()));
      numbers.put(
          "right by likelihood without the untouched model's prior",
          trial.prior().isPresent()
              ? percent(trial.normalisedAccuracy())
              : "unknown: the run store has no run of the untouched model on these prompts");
      numbers.put("ROC area", String.format(Locale.ROOT, "%.3f", likelihood.areaUnderCurve()));
    }
    return numbers;
  }

  /** Adds each promise as a step; {@code prefix} names the milestone that it is about. */
  static void show(String prefix, List<PromiseCheck> promises) {
    for (PromiseCheck check : promises) {
      Status status = check.kept() ? Status.PASSED : Status.FAILED;
      AllureSteps.step(prefix + check.promise(), status, check.found(), Map.of());
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static Parameter parameter(String name, String value) {
    return new Parameter().setName(name).setValue(value);
  }

  private static Label label(String name, String value) {
    return new Label().setName(name).setValue(value);
  }
}
