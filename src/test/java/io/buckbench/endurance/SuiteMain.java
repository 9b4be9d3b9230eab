package io.buckbench.endurance;

import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Project;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import io.buckbench.worker.WorkerCount;
import io.buckbench.worker.WorkerProject;
import io.buckbench.worker.Workers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs a suite as {@code run} does, and prints what happens, a line each: {@code worker PID TRIAL
 * NANOS}, {@code step TRIAL NUMBER SECONDS SPENT NANOS} and {@code end TRIAL STATUS KIBIBYTES}.
 * SECONDS is the time of the step, SPENT the dollars that the trial was charged so far, NANOS the
 * time of the line by the clock of {@link System#nanoTime}, KIBIBYTES what the worker has in
 * memory. In a trial's name a dot replaces each blank.
 */
final class SuiteMain {
  private SuiteMain() {}

  /**
   * @param arguments the project's folder, the run store, the number of workers
   */
  public static void main(String[] arguments) {
    Project project = Project.at(Path.of(arguments[0]));
    RunStore store = new RunStore(Path.of(arguments[1]));
    new Workers(
            WorkerProject.of(project, KillSuite.NAME, store),
            WorkerCount.parse("workers", arguments[2]),
            Reuse.SAME_PROGRAM)
        .run(project.declared(KillSuite.NAME).suite().trials(), new Printing());
    System.exit(0);
  }

  /** A trial's name without blanks. */
  static String name(Object trial) {
    return trial.toString().replace(' ', '.');
  }

  private static final class Printing implements TrialListener {
    private final Map<Trial, Long> processes = new HashMap<>();

    @Override
    public void runsIn(Trial trial, long process) {
      processes.put(trial, process);
      System.out.println("worker " + process + " " + name(trial) + " " + System.nanoTime());
    }

    @Override
    public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
      System.out.printf(
          "step %s %d %s %s %d%n",
          name(trial),
          metric.step(),
          metric.seconds(),
          spentUsd.toPlainString(),
          System.nanoTime());
    }

    @Override
    public void finished(Trial trial, RunRecord record, boolean fromStore) {
      if (!fromStore) {
        long resident = resident(processes.getOrDefault(trial, 0L));
        System.out.println("end " + name(trial) + " " + record.status() + " " + resident);
      }
    }

    private static long resident(long process) {
      try {
        return Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0);
      } catch (IOException e) {
        return 0;
      }
    }
  }
}
