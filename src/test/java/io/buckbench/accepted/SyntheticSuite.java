package io.buckbench.accepted;

import io.buckbench.budget.BudgetClock;
import io.buckbench.findings.Findings;
import io.buckbench.findings.Hypotheses;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.SuiteResults;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Method;
import io.buckbench.suite.PrecisionChoice;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A suite {@code mini} with invented records, for tests that do not train. */
public final class SyntheticSuite {
  private static final String HYPOTHESES =
      """
      id,claim,suites,subject,reference,metric,by,margin,min_effect,sentence,declared,source
      beats-all-yes,beats,mini,method=lora,@all-yes,accuracy,,0,2,An adapter beats all-yes,2026-01-01,ours
      beats-full,beats,mini,method=lora,method=full,accuracy,,0,2,An adapter beats full,2026-01-01,ours
      beats-untouched,beats,mini,method=lora,method=none,accuracy,,0,2,It beats the untouched,2026-01-01,ours
      """;

  private SyntheticSuite() {}

  public static Suite suite() {
    return new Suite(
        "mini",
        List.of(row("lora-r4", "lora"), row("full", "full"), row("untouched", Declaration.NONE)));
  }

  /** The suite with only its first row, which has a milestone. */
  public static Suite serving(String usd) {
    Configuration row = row("lora-r4", "lora", List.of(new BigDecimal(usd)));
    return new Suite("mini", List.of(row));
  }

  public static Trial trial(String configuration, long seed) {
    return suite().trials().stream()
        .filter(t -> t.configuration().id().equals(configuration) && t.seed() == seed)
        .findFirst()
        .orElseThrow();
  }

  /** A record of a trial with the given number of right answers to 40 test items. */
  public static RunRecord record(Trial trial, int right) {
    return SyntheticRuns.trial(
        trial.configuration().id(), trial.configuration().method().name(), trial.seed(), right);
  }

  public static Hypotheses hypotheses(Path folder) {
    try {
      Path file = Files.createDirectories(folder).resolve("hypotheses.csv");
      return Hypotheses.read(Files.writeString(file, HYPOTHESES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes records to a store and returns it. */
  public static RunStore store(Path folder, List<RunRecord> records) {
    RunStore store = new RunStore(folder.resolve("runs"));
    for (RunRecord record : records) {
      try (RunStore.Draft draft = store.draft()) {
        draft.commit(record);
      }
    }
    return store;
  }

  /** Writes records as golden without the checks of an acceptance, and returns the store. */
  public static GoldenStore golden(Path folder, List<RunRecord> records) {
    GoldenStore golden = new GoldenStore(folder.resolve("golden"));
    if (!records.isEmpty()) {
      golden.write(SuiteResults.of(records, Findings.judge(hypotheses(folder), records)));
    }
    return golden;
  }

  private static Configuration row(String id, String method) {
    return row(id, method, List.of());
  }

  private static Configuration row(String id, String method, List<BigDecimal> milestonesUsd) {
    return new Configuration(
        "mini.csv",
        id,
        "control",
        "",
        new Method(method, "", Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        40,
        0,
        PrecisionChoice.FLOAT32,
        Optional.empty(),
        BudgetClock.PLANNED,
        BigDecimal.ZERO,
        milestonesUsd,
        null,
        Optional.empty(),
        List.of(1L, 2L, 3L),
        SyntheticRuns.trial(id, method, 1, 40).declared());
  }
}
