package io.buckbench.report.page;

import io.buckbench.accepted.SyntheticSuite;
import io.buckbench.budget.Stall;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.SuiteRuns;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.SuiteResults;
import io.buckbench.history.PastRow;
import io.buckbench.history.PastRun;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.report.Judgement;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.train.StepMetric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reports on invented records. */
final class ReportFixtures {
  /** A row id and a passage's answer that try to become markup. */
  static final String SCRIPT = "<script>document.title='broken'</script>";

  private ReportFixtures() {}

  /** Three trained rows and two controls, three seeds each; {@code lora} gets that many right. */
  static List<RunRecord> records(int lora) {
    List<RunRecord> records = new ArrayList<>();
    records.add(SyntheticRuns.trial("untouched", "none", 1, 0, 0));
    records.add(SyntheticRuns.allYes(1));
    for (long seed = 1; seed <= 3; seed++) {
      records.add(SyntheticRuns.trial("full", "full", seed, 36 + (int) seed % 2, 40));
    }
    for (long seed = 1; seed <= 3; seed++) {
      records.add(SyntheticRuns.trial("lora-r4", "lora", seed, lora, 40));
    }
    for (long seed = 1; seed <= 3; seed++) {
      records.add(SyntheticRuns.trial("ia3", "ia3", seed, 34, 40));
    }
    return records;
  }

  /** A report on records of which others were accepted. */
  static SuiteReport report(Path folder, List<RunRecord> accepted, List<RunRecord> fresh) {
    Hypotheses hypotheses = SyntheticSuite.hypotheses(folder);
    GoldenStore golden = new GoldenStore(folder.resolve("golden"));
    golden.write(
        SuiteResults.of(accepted, new SuiteRuns("mini", accepted, 0).findings(hypotheses)));
    return SuiteReport.of(fresh, Judgement.of(fresh, hypotheses, golden));
  }

  /** A report of which nothing changed. */
  static SuiteReport unchanged(Path folder) {
    return report(folder, records(38), records(38));
  }

  /** A report in which {@code lora-r4} regressed because of another learning rate. */
  static SuiteReport regressed(Path folder) {
    List<RunRecord> fresh = new ArrayList<>();
    for (RunRecord run : records(20)) {
      fresh.add(
          run.configuration().equals("lora-r4")
              ? RunCopy.of(run).declared("learning_rate", "0.01").record()
              : run);
    }
    return report(folder, records(38), fresh);
  }

  /** One diverged, one failed, one over budget and one killed trial, and one as planned. */
  static SuiteReport troubled() {
    RunRecord good = SyntheticRuns.trial("lora-r4", "lora", 1, 38);
    RunRecord diverged =
        SyntheticRuns.with(
            SyntheticRuns.trial("lora-r4", "lora", 2, 38),
            RunStatus.DIVERGED,
            "the loss of step 3 is NaN",
            List.of(new StepMetric(1, 2, 0.1, 1, 9, 0.1)),
            List.of());
    RunRecord failed =
        SyntheticRuns.with(
            SyntheticRuns.trial("lora-r4", "lora", 3, 38),
            RunStatus.FAILED,
            "no space left on device",
            List.of(),
            List.of());
    RunRecord killed =
        SyntheticRuns.with(
            SyntheticRuns.trial("lora-r4", "lora", 4, 38),
            RunStatus.FAILED,
            "the worker process was ended by SIGKILL",
            List.of(),
            List.of());
    RunRecord over =
        RunCopy.of(SyntheticRuns.trial("lora-r4", "lora", 5, 38))
            .metered("0.00001")
            .stalls(List.of(new Stall(7, 8, 0.3, true)))
            .record();
    return SuiteReport.of(List.of(good, diverged, failed, killed, over), Judgement.NONE);
  }

  /** A suite with many rows. */
  static SuiteReport large(int rows, int seeds, int steps) {
    List<RunRecord> records = new ArrayList<>();
    List<String> methods = List.of("lora", "full", "ia3", "prompt", "ptuning", "prefix");
    for (int row = 0; row < rows; row++) {
      for (long seed = 1; seed <= seeds; seed++) {
        String method = methods.get(row % methods.size());
        records.add(
            SyntheticRuns.trial(
                method + "_row_" + row, method, seed, 20 + (row + (int) seed) % 20, steps));
      }
    }
    return SuiteReport.of(records, Judgement.NONE);
  }

  /** Two earlier runs, which were accepted, of the rows of {@link #records}. */
  static List<PastRun> history() {
    return List.of(past("2026-01-01T00:00:00Z", 90), past("2026-01-02T00:00:00Z", 95));
  }

  private static PastRun past(String date, double percent) {
    PastRow row = new PastRow(3, 3, percent, percent - 5, percent + 4, null, null);
    return new PastRun(
        date, "0123456789", false, "cpu", "a reason", Map.of("lora-r4", row), Map.of());
  }
}
