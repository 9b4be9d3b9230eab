package io.buckbench.junit;

import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.eval.LikelihoodScores;
import io.buckbench.eval.Scores;
import io.buckbench.findings.TrialScores;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunRecord;
import io.buckbench.report.LossPlot;
import io.buckbench.report.TrialCsv;
import io.qameta.allure.Allure;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What Allure is told of a trial. */
final class AllureTrial {
  /** The label by which {@link StableHistory} knows a trial again. */
  static final String LABEL = "trial";

  private AllureTrial() {}

  /**
   * Names the running test: a parameter for each declared column and the seed, and labels that
   * group trials by suite, method and model.
   */
  static void describe(String suite, String configuration, long seed, Declaration declared) {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(parameter("configuration", configuration));
    declared.columns().entrySet().stream()
        .filter(column -> !column.getKey().equals(Declaration.ID) && !column.getValue().isBlank())
        .forEach(column -> parameters.add(parameter(column.getKey(), column.getValue())));
    parameters.add(parameter("seed", Long.toString(seed)));
    List<Label> labels =
        List.of(
            label(LABEL, suite + "/" + configuration + "/" + seed),
            label("epic", "suite " + suite),
            label("feature", declared.method()),
            label("story", configuration),
            label("parentSuite", suite),
            label("suite", declared.method()),
            label("subSuite", configuration),
            label("tag", declared.model()),
            label("host", "BuckBench"));
    Allure.getLifecycle()
        .updateTestCase(
            test -> {
              test.setName(configuration + ", seed " + seed);
              // In place of JUnit's one parameter, which is the whole trial as one string.
              test.setParameters(parameters);
              labels.forEach(
                  l -> test.getLabels().removeIf(old -> old.getName().equals(l.getName())));
              test.getLabels().addAll(labels);
            });
  }

  /**
   * Names the running test that speaks of a whole suite.
   *
   * @param feature what kind of test, for example {@code findings}
   * @param story what it is about, for example a hypothesis
   */
  static void describe(String suite, String feature, String story) {
    List<Label> labels =
        List.of(
            label(LABEL, suite + "/" + feature + "/" + story),
            label("epic", "suite " + suite),
            label("feature", feature),
            label("story", story),
            label("parentSuite", suite),
            label("suite", feature),
            label("host", "BuckBench"));
    Allure.getLifecycle()
        .updateTestCase(
            test -> {
              test.setName(suite + ": " + story);
              labels.forEach(
                  l -> test.getLabels().removeIf(old -> old.getName().equals(l.getName())));
              test.getLabels().addAll(labels);
            });
  }

  /**
   * What the trial did and found, as steps and attachments.
   *
   * @param suite records of its suite: the untouched model's give the prior of its likelihoods
   */
  static void show(RunRecord run, List<RunRecord> suite, long startedAtMillis) {
    TrialScores scored = TrialScores.of(run, suite);
    long at = startedAtMillis;
    for (CostLedger.Entry e : run.cost().entries()) {
      Map<String, String> numbers = new LinkedHashMap<>();
      numbers.put("seconds", String.format(Locale.ROOT, "%.3f", e.seconds()));
      numbers.put("dollars", e.usd().toPlainString());
      numbers.put("billed", Boolean.toString(e.billed()));
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

  /** Scored three ways: by the generated answers, by likelihood, by what stood in their place. */
  private static Map<String, String> numbers(TrialScores trial, Scores scores) {
    LikelihoodScores likelihood = scores.likelihood();
    Map<String, String> numbers = new LinkedHashMap<>();
    numbers.put("accuracy", percent(scores.accuracy()));
    numbers.put("balanced accuracy", percent(scores.balancedAccuracy()));
    scores.levels().forEach((level, s) -> numbers.put(level, percent(s.accuracy())));
    numbers.put("answers yes or no", percent(scores.counts().parseRate()));
    numbers.put(
        "commonest other answers",
        scores.otherAnswers().isEmpty() ? "none" : scores.commonestOthers(5));
    if (likelihood.items() > 0) {
      numbers.put("right by likelihood of yes against no", percent(likelihood.accuracy()));
      numbers.put(
          "the same without the untouched model's prior",
          trial.prior().isPresent()
              ? percent(trial.normalisedAccuracy())
              : "unknown: no run of the untouched model on these prompts is in the run store");
      numbers.put("ROC area", String.format(Locale.ROOT, "%.3f", likelihood.areaUnderCurve()));
    }
    return numbers;
  }

  /** The promises, a step each, after the name of the budget that they were made for. */
  static void show(String whose, List<PromiseCheck> promises) {
    for (PromiseCheck check : promises) {
      Status status = check.kept() ? Status.PASSED : Status.FAILED;
      AllureSteps.step(whose + check.promise(), status, check.found(), Map.of());
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
