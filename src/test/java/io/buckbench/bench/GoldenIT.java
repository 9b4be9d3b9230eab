package io.buckbench.bench;

import io.buckbench.golden.Acceptance;
import io.buckbench.golden.Repeats;
import io.buckbench.junit.Project;
import io.buckbench.junit.SuiteBench;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Trial;
import io.qameta.allure.Allure;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares fresh results with the accepted ones, or accepts them with {@code -Dgolden=accept}. */
class GoldenIT {
  @Test
  void the_results_are_those_that_were_accepted() {
    SuiteBench bench = Runs.suite();
    if (Runs.accepting()) {
      accept(bench);
    } else {
      bench.compareWithGolden();
    }
  }

  private static void accept(SuiteBench bench) {
    bench.requireComplete();
    List<RunRecord> runs = bench.runs().records();
    List<RunRecord> repeats =
        Runs.repeat(Repeats.required(runs).stream().map(run -> trialOf(bench, run)).toList());
    Acceptance.Accepted accepted =
        new Acceptance(Project.HERE.root().toAbsolutePath())
            .accept(
                runs,
                repeats,
                bench.findings(),
                Project.HERE.hypotheses().statements(bench.runs().suite().name()),
                System.getProperty("golden.why"),
                LocalDate.now(ZoneOffset.UTC));
    List<String> lines = new ArrayList<>(List.of(accepted.file().getFileName().toString()));
    accepted.drift().forEach(drift -> lines.add(drift.toString()));
    lines.forEach(line -> System.out.println("accepted: " + line));
    Allure.addAttachment("accepted", "text/plain", String.join("\n", lines) + "\n", ".txt");
  }

  private static Trial trialOf(SuiteBench bench, RunRecord run) {
    return bench.runs().suite().recorded().stream()
        .filter(t -> t.configuration().id().equals(run.configuration()) && t.seed() == run.seed())
        .findFirst()
        .orElseThrow();
  }
}
