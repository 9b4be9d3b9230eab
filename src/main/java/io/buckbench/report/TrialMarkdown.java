package io.buckbench.report;

import io.buckbench.data.Answers;
import io.buckbench.eval.Scores;
import io.buckbench.findings.TrialScores;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The section of the page on the scores and diagnoses of all trials. */
final class TrialMarkdown {
  private static final int OTHERS_SHOWN = 3;

  private TrialMarkdown() {}

  static void append(StringBuilder page, Optional<Answers> answers, List<TrialScores> trials) {
    page.append("\n## Trial by trial\n\n");
    Markup.header(
        page,
        "configuration | seed | accuracy % | balanced % | "
            + Formats.inFormat(answers)
            + " % | most common other"
            + " answers | right by likelihood % | right by likelihood without the untouched model's"
            + " prior % | ROC area | ended as");
    for (TrialScores trial : trials) {
      List<String> cells = new ArrayList<>();
      cells.add(trial.run().configuration());
      cells.add(Long.toString(trial.run().seed()));
      cells.addAll(trial.scores().map(s -> scores(trial, s)).orElse(Collections.nCopies(7, "-")));
      cells.add(trial.sentence());
      Markup.row(page, cells);
    }
  }

  private static List<String> scores(TrialScores trial, Scores s) {
    return List.of(
        Formats.percent(s.accuracy()),
        Formats.percent(s.balancedAccuracy()),
        Formats.percent(s.counts().parseRate()),
        s.otherAnswers().isEmpty() ? "-" : s.commonestOthers(OTHERS_SHOWN),
        Formats.percent(s.likelihood().accuracy()),
        Formats.percent(trial.normalisedAccuracy()),
        Formats.decimal(s.likelihood().areaUnderCurve(), 3));
  }
}
