package io.buckbench.junit;

import io.buckbench.eval.Prediction;
import io.buckbench.findings.TrialScores;
import io.buckbench.record.RunRecord;
import io.buckbench.report.markup.Element;
import io.buckbench.report.page.ReportFolder;
import io.buckbench.report.page.ReportPage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the page of a trial shows above its parameters, as HTML. Text from data is escaped. */
final class TrialPage {
  /** How many wrong answers are shown with question and passage; all are in the attached CSV. */
  static final int WRONG_SHOWN = 10;

  private static final int PASSAGE_LETTERS = 600;

  private TrialPage() {}

  /**
   * Describes a trial.
   *
   * @param row all trials of its row, with or without itself
   * @param questions the test items by id; those that are missing are shown by their id
   * @param report what links to files of the report begin with
   */
  static Element of(
      TrialScores trial, List<RunRecord> row, Map<String, Question> questions, String report) {
    RunRecord run = trial.run();
    Element page = Element.of("div");
    page.add(Element.of("p").add(Element.of("b", result(trial))).text(". " + trial.sentence()));
    page.add(
        Element.of("table")
            .add(fact("Dollars", dollars(run)))
            .add(fact("Answers", shares(run, TrialPage::answer)))
            .add(fact("Right answers", shares(run, TrialPage::wanted)))
            .add(
                fact("Steps", run.steps().size() + " of " + run.cost().plannedSteps() + " planned"))
            .add(fact("Trained parameters", count(run.trainableParameters()))));
    page.add(Element.of("h4", "Loss among the seeds of " + run.configuration()));
    page.add(SisterLosses.draw(run, row));
    List<Prediction> wrong = run.predictions().stream().filter(p -> !p.correct()).toList();
    if (!wrong.isEmpty()) {
      page.add(wrong(wrong, questions));
    }
    return page.add(
        Element.of("p")
            .add(
                Element.of("a", "The row " + run.configuration() + " on the page of the suite")
                    .set(
                        "href",
                        report
                            + ReportFolder.PAGE
                            + "#"
                            + ReportPage.rowAnchor(run.configuration()))));
  }

  /** Says what is not attached, and where it is. */
  static Element leftOut(RunRecord run, List<String> what, String report) {
    String folder = report + "trials/" + run.configuration() + "/" + run.seed() + "/";
    Element words =
        Element.of(
            "p",
            "Not attached, so that the report stays small: "
                + String.join(", ", what)
                + ". All of it is in ");
    words.add(Element.of("a", "predictions.csv").set("href", folder + "predictions.csv"));
    return words
        .text(" and ")
        .add(Element.of("a", "metrics.csv").set("href", folder + "metrics.csv"))
        .text(".");
  }

  /** For example {@code 62.0 %, collapsed}, or how a trial ended that answered nothing. */
  static String result(TrialScores trial) {
    return trial
            .scores()
            .map(scores -> String.format(Locale.ROOT, "%.1f %%, ", 100 * scores.accuracy()))
            .orElse("")
        + trial.ending();
  }

  private static String dollars(RunRecord run) {
    String spent = "$" + TrialFiles.rounded(run.cost().spentUsd().doubleValue());
    return run.cost().budgetUsd().signum() == 0
        ? spent
        : spent
            + " of $"
            + run.cost().budgetUsd().stripTrailingZeros().toPlainString()
            + (run.cost().overspent() ? ", over budget " + run.cost().overspending() : "");
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** For example {@code no 38.0 %, yes 62.0 %}. */
  private static String shares(RunRecord run, Function<Prediction, String> answer) {
    double items = run.predictions().size();
    return run.predictions().stream()
        .collect(Collectors.groupingBy(answer, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(e -> String.format(Locale.ROOT, "%s %.1f %%", e.getKey(), 100 * e.getValue() / items))
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(", "), all -> all.isEmpty() ? "none" : all));
  }

  /** The answer that was given, or {@code other} for a text that is none. */
  static String answer(Prediction p) {
    return p.answers().word(p.answer());
  }

  /** The right answer. */
  static String wanted(Prediction p) {
    return p.wantedWord();
  }

  private static Element wrong(List<Prediction> wrong, Map<String, Question> questions) {
    Element table =
        Element.of("table").add(row("th", "Item", "Question", "Passage", "Right", "Answered"));
    for (Prediction p : wrong.subList(0, Math.min(WRONG_SHOWN, wrong.size()))) {
      Question asked = questions.getOrDefault(p.id(), new Question("", ""));
      table.add(
          row("td", p.id(), asked.question(), shortened(asked.passage()), wanted(p), given(p)));
    }
    return Element.of("div")
        .add(
            Element.of(
                "h4",
                wrong.size() <= WRONG_SHOWN
                    ? "All " + wrong.size() + " wrong answers"
                    : "The first " + WRONG_SHOWN + " of " + wrong.size() + " wrong answers"))
        .add(table);
  }

  /** The generated text if it is no answer. */
  private static String given(Prediction p) {
    String answer = answer(p);
    return answer.equals("other") ? '"' + shortened(p.generated()) + '"' : answer;
  }

  private static String shortened(String text) {
    return text.length() <= PASSAGE_LETTERS ? text : text.substring(0, PASSAGE_LETTERS) + " ...";
  }

  private static Element fact(String name, String value) {
    return Element.of("tr").add(Element.of("th", name)).add(Element.of("td", value));
  }

  private static Element row(String cell, String... words) {
    Element row = Element.of("tr");
    for (String word : words) {
      row.add(Element.of(cell, word));
    }
    return row;
  }
}
