package io.buckbench.junit;

import io.buckbench.accepted.SuiteVerdicts;
import io.buckbench.findings.Statement;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Reports the rows of a suite, one test for each, over all its seeds. The suite is trained in the
 * background: the training starts before the first test, and a test waits for its seeds, then for
 * the others, because verdicts are corrected over the whole suite.
 */
public final class RowBench implements BeforeAllCallback, AfterAllCallback {
  private final Suite suite;
  private final RowNames names;
  private final List<Trial> selected;
  private final SuiteTraining training;
  private final TrialPages pages;
  private final List<Statement> statements;
  private final Supplier<SuiteVerdicts> judge;
  private Optional<SuiteVerdicts> verdicts = Optional.empty();

  /**
   * @param suite the whole suite
   * @param selected the trials that are run
   * @param training trains them
   * @param pages is notified of each trial by the training
   * @param statements what the hypotheses about the suite state
   * @param judge judges the stored records; called once, after the training is over
   */
  public RowBench(
      Suite suite,
      List<Trial> selected,
      SuiteTraining training,
      TrialPages pages,
      List<Statement> statements,
      Supplier<SuiteVerdicts> judge) {
    this.suite = suite;
    this.names = new RowNames(suite);
    this.selected = selected;
    this.training = training;
    this.pages = pages;
    this.statements = statements;
    this.judge = judge;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    training.start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    pages.writeIncomplete();
  }

  /** Waits for the trials of a row and for its verdicts, and describes the running test. */
  public RowReport await(Configuration configuration) {
    String name = names.of(configuration.id());
    AllureTest.describe(Place.row(suite.name(), configuration.id()), name);
    AllureTest.parameters(parameters(configuration));
    List<RunRecord> runs = training.records(trials(configuration));
    ReportFiles.standard().environment(Map.of(), runs.get(0).provenance());
    RowReport report = new RowReport(configuration.id(), runs, verdicts(), statements);
    report.describe(name);
    return report;
  }

  /** The trials that train a row; a milestone is served by those of another one. */
  private List<Trial> trials(Configuration row) {
    return selected.stream()
        .flatMap(trial -> trial.recorded().stream())
        .filter(trial -> trial.configuration().id().equals(row.id()))
        .toList();
  }

  private SuiteVerdicts verdicts() {
    if (verdicts.isEmpty()) {
      training.awaitEnd();
      verdicts = Optional.of(judge.get());
    }
    return verdicts.get();
  }

  private static Map<String, String> parameters(Configuration row) {
    Map<String, String> shown = new LinkedHashMap<>();
    for (String column : List.of("method", "variant", "model", "data", "learning_rate", "usd")) {
      shown.put(column, row.declared().value(column));
    }
    shown.values().removeIf(String::isBlank);
    return shown;
  }
}
