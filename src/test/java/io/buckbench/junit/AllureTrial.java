package io.buckbench.junit;

import io.buckbench.budget.CostLedger;
import io.buckbench.budget.Phase;
import io.buckbench.eval.LikelihoodScores;
import io.buckbench.eval.Scores;
import io.buckbench.findings.TrialScores;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.record.RunRecord;
import io.buckbench.report.Ending;
import io.buckbench.report.TrialCsv;
import io.buckbench.report.markup.Element;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.Attachment;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The Allure result of one trial: a page that begins with its result. It has no status, because a
 * single seed has no verdict.
 */
final class AllureTrial {
  private static final String CSV = "text/csv";

  private final TrialScores trial;
  private final RunRecord run;
  private final String report;
  private final AllureResultsWriter writer;
  private final TestResult result;
  private final List<String> leftOut = new ArrayList<>();

  /**
   * @param report what links to files of the report begin with
   */
  AllureTrial(TrialScores trial, String report, AllureResultsWriter writer) {
    this.trial = trial;
    this.run = trial.run();
    this.report = report;
    this.writer = writer;
    this.result = new TestResult().setUuid(StableHistory.id("page/" + run.id()));
  }

  /**
   * Writes the page with its attachments.
   *
   * @param row all trials of its row
   * @param rowName the name of the row, numbered in the order of the suite
   * @param questions the test items by id
   * @param room that the page and its attachments may take
   */
  void write(List<RunRecord> row, String rowName, Map<String, Question> questions, PageRoom room) {
    describe(rowName);
    phases();
    promises();
    Element description = TrialPage.of(trial, row, questions, report);
    attachments(room.after(description.toString()));
    if (!leftOut.isEmpty()) {
      description.add(TrialPage.leftOut(run, leftOut, report));
    }
    result.setDescriptionHtml(description.toString());
    StableHistory.apply(result);
    writer.write(result);
  }

  private void describe(String rowName) {
    List<String> message = new ArrayList<>(List.of(trial.sentence()));
    run.broken()
        .forEach(
            check -> message.add(Concern.BROKEN_PROMISE.message(check.line(run.id().toString()))));
    if (run.cost().overspent()) {
      message.add(Concern.OVER_BUDGET.message(run.cost().words()));
    }
    Set<String> tags = new LinkedHashSet<>(List.of(trial.ending()));
    Ending.of(run).forEach(ending -> tags.add(ending.toString()));
    List<Label> labels =
        new ArrayList<>(
            Place.trial(run.suite(), rowName, run.configuration(), run.seed()).labels());
    tags.forEach(tag -> labels.add(Place.label("tag", tag)));
    labels.add(Place.label("severity", Concern.severity(Concern.of(trial))));
    long start = Instant.parse(run.provenance().startedAt()).toEpochMilli();
    double seconds = run.cost().entries().stream().mapToDouble(CostLedger.Entry::seconds).sum();
    String name = run.configuration() + ", seed " + run.seed();
    result
        .setName(name + ": " + TrialPage.result(trial))
        .setFullName(run.id().toString())
        .setTestCaseName(name)
        .setLabels(labels)
        .setParameters(parameters())
        .setStatusDetails(new StatusDetails().setMessage(String.join("\n", message)))
        .setStage(Stage.FINISHED)
        .setStart(start)
        .setStop(start + Math.round(1000 * seconds));
  }

  /** Six of the settings; all of them are attached. */
  private List<Parameter> parameters() {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("method", run.declared().method());
    for (String column : List.of("variant", "model", "data", "learning_rate")) {
      shown.put(column, run.declared().value(column));
    }
    shown.put("seed", Long.toString(run.seed()));
    shown.values().removeIf(String::isBlank);
    return AllureSteps.parameters(shown);
  }

  private void phases() {
    long at = result.getStart();
    for (CostLedger.Entry e : run.cost().entries()) {
      long stop = at + Math.round(1000 * e.seconds());
      result
          .getSteps()
          .add(
              AllureSteps.step(e.phase().toString(), Status.PASSED, "", numbers(e))
                  .setStart(at)
                  .setStop(stop));
      at = stop;
    }
  }

  private Map<String, String> numbers(CostLedger.Entry e) {
    Map<String, String> numbers = new LinkedHashMap<>();
    numbers.put("seconds", TrialFiles.rounded(e.seconds()));
    numbers.put("dollars", TrialFiles.rounded(e.usd().doubleValue()));
    numbers.put("billed", Boolean.toString(e.billed()));
    if (e.phase() == Phase.TRAIN) {
      numbers.put("steps", Integer.toString(run.steps().size()));
      numbers.put("trainable parameters", Long.toString(run.trainableParameters()));
      numbers.put("precision", run.provenance().precision());
      numbers.put("threads", Integer.toString(run.provenance().threads()));
      numbers.put("workers", Integer.toString(run.provenance().workers()));
    }
    if (e.phase() == Phase.EVALUATE) {
      trial.scores().ifPresent(scores -> numbers.putAll(numbers(scores)));
      numbers.put("ended as", trial.sentence());
    }
    return numbers;
  }

  /** The scores by generated answers and by likelihood. */
  private Map<String, String> numbers(Scores scores) {
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
              : "unknown: there is no run of the untouched model on these prompts");
      numbers.put("ROC area", String.format(Locale.ROOT, "%.3f", likelihood.areaUnderCurve()));
    }
    return numbers;
  }

  private void promises() {
    for (PromiseCheck check : run.promises()) {
      Status status = check.kept() ? Status.PASSED : Status.FAILED;
      StepResult step =
          AllureSteps.step(check.promise().toString(), status, check.found(), Map.of());
      result.getSteps().add(step.setStart(result.getStop()).setStop(result.getStop()));
    }
  }

  /** Attaches what fits, the wrong answers before all else. */
  private void attachments(PageRoom room) {
    String ledger = TrialCsv.ledger(run);
    String settings = TrialFiles.settings(run);
    PageRoom left = room.less(PageRoom.bytesOf(ledger) + PageRoom.bytesOf(settings));
    if (!run.predictions().isEmpty()) {
      left = left.less(predictions(left));
    }
    String metrics = TrialFiles.metrics(run);
    if (!run.steps().isEmpty() && left.fits(PageRoom.bytesOf(metrics))) {
      attach("metrics", CSV, ".csv", metrics);
      left = left.less(PageRoom.bytesOf(metrics));
    } else if (!run.steps().isEmpty()) {
      leftOut.add("metrics");
    }
    attach("cost ledger", CSV, ".csv", ledger);
    attach("settings", CSV, ".csv", settings);
    byte[] all = TrialFiles.allDigits(run);
    if (left.fits(all.length)) {
      attach("all digits", "application/zip", ".zip", all);
    } else {
      leftOut.add("all digits");
    }
  }

  /** Attaches the predictions, or the first of them; returns their bytes. */
  private long predictions(PageRoom room) {
    String all = TrialFiles.predictions(run);
    String shown = room.firstLines(all);
    String name = "predictions, wrong ones first";
    if (shown.length() < all.length()) {
      long lines = Math.max(1, shown.lines().count()) - 1;
      leftOut.add((run.predictions().size() - lines) + " predictions");
      if (lines == 0) {
        return 0;
      }
      name += ", " + lines + " of " + run.predictions().size();
    }
    attach(name, CSV, ".csv", shown);
    return PageRoom.bytesOf(shown);
  }

  private void attach(String name, String type, String end, String text) {
    attach(name, type, end, text.getBytes(StandardCharsets.UTF_8));
  }

  private void attach(String name, String type, String end, byte[] content) {
    String source = StableHistory.id("page/" + run.id() + "/" + name) + "-attachment" + end;
    writer.write(source, new ByteArrayInputStream(content));
    result.getAttachments().add(new Attachment().setName(name).setType(type).setSource(source));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
