package io.buckbench.junit;

import io.buckbench.findings.TrialScores;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.trial.TrialListener;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.FileSystemResultsWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes the pages of a row's trials as soon as all of its selected seeds have ended, because a
 * page shows a trial among the other seeds. A build that is killed later has the pages of these
 * rows.
 */
public final class TrialPages implements TrialListener {
  private final RowNames names;
  private final Map<String, Long> seeds = new LinkedHashMap<>();
  private final Function<RunRecord, Map<String, Question>> questions;
  private final String report;
  private final AllureResultsWriter writer;
  private final PageRoom room;
  private final List<RunRecord> ended = new ArrayList<>();

  /**
   * @param suite the whole suite, which numbers the rows
   * @param selected the trials that are run
   * @param questions the test items of a trial by id
   * @param report what links to files of the report begin with
   */
  public TrialPages(
      Suite suite,
      List<Trial> selected,
      Function<RunRecord, Map<String, Question>> questions,
      String report,
      AllureResultsWriter writer) {
    this.names = new RowNames(suite);
    this.questions = questions;
    this.report = report;
    this.writer = writer;
    selected.stream()
        .flatMap(trial -> trial.recorded().stream())
        .forEach(trial -> seeds.merge(trial.configuration().id(), 1L, Long::sum));
    this.room = PageRoom.of(seeds.values().stream().mapToLong(n -> n).sum());
  }

  /** Writes into the folder of the results. */
  public static AllureResultsWriter standard() {
    return new FileSystemResultsWriter(ReportFiles.standard().results());
  }

  @Override
  public synchronized void finished(Trial trial, RunRecord record, boolean fromStore) {
    ended.add(record);
    String row = record.configuration();
    if (row(row).size() == seeds.getOrDefault(row, 0L)) {
      write(row);
    }
  }

  /** Writes the pages of rows of which some trials have not ended. */
  synchronized void writeIncomplete() {
    seeds.forEach(
        (row, expected) -> {
          if (row(row).size() < expected) {
            write(row);
          }
        });
  }

  private List<RunRecord> row(String id) {
    return ended.stream().filter(run -> run.configuration().equals(id)).toList();
  }

  private void write(String id) {
    List<RunRecord> row = row(id);
    for (RunRecord run : row) {
      new AllureTrial(TrialScores.of(run, ended), report, writer)
          .write(row, names.of(id), questions.apply(run), room);
    }
  }
}
