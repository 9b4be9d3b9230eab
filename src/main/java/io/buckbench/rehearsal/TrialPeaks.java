package io.buckbench.rehearsal;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.files.CsvText;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.CsvRow;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import io.buckbench.record.RunRecord;
import io.buckbench.record.TrialId;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.PeakMemory;
import io.buckbench.train.StepMetric;
import io.buckbench.trial.TrialListener;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Measures each trial's peak of resident memory and keeps it in a file. Forwards all events. */
final class TrialPeaks implements TrialListener {
  private static final List<String> COLUMNS = List.of("trial", "peak_resident_bytes");

  private final Path file;
  private final TrialListener listener;
  private final Map<String, Long> peaks = new LinkedHashMap<>();
  private final Map<TrialId, PeakMemory> processes = new LinkedHashMap<>();

  TrialPeaks(Path file, TrialListener listener) {
    this.file = file;
    this.listener = listener;
    if (Files.exists(file)) {
      Problems problems = new Problems();
      for (CsvRow row : CsvTable.read(file, COLUMNS, List.of(), problems).rows()) {
        peaks.put(row.text("trial"), row.whole("peak_resident_bytes", 0));
      }
      problems.throwIfAny();
    }
  }

  /** The process that ran a trial; a milestone was served by that of its row. */
  private PeakMemory process(Trial trial) {
    String row = trial.configuration().declared().servedBy().orElse(trial.configuration().id());
    return processes.get(new TrialId(trial.suite(), row, trial.seed()));
  }

  OptionalLong bytes(Trial trial) {
    Long peak = peaks.get(trial.toString());
    return peak == null ? OptionalLong.empty() : OptionalLong.of(peak);
  }

  @Override
  public void runsIn(Trial trial, long process) {
    processes.put(trial.id(), new PeakMemory(process));
    processes.get(trial.id()).reset();
    listener.runsIn(trial, process);
  }

  @Override
  public void started(Trial trial, BudgetPlan plan) {
    listener.started(trial, plan);
  }

  @Override
  public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
    listener.stepped(trial, metric, spentUsd);
  }

  @Override
  public void answered(Trial trial, int rows, int ofRows) {
    listener.answered(trial, rows, ofRows);
  }

  @Override
  public void finished(Trial trial, RunRecord record, boolean fromStore) {
    if (!fromStore) {
      process(trial).bytes().ifPresent(bytes -> peaks.put(trial.toString(), bytes));
      CsvText csv = new CsvText(COLUMNS);
      peaks.forEach(csv::row);
      WholeFiles.write(file, csv.toString());
    }
    listener.finished(trial, record, fromStore);
  }
}
