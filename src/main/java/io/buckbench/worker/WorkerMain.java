package io.buckbench.worker;

import io.buckbench.budget.BudgetPlan;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.StoreWriteException;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import io.buckbench.tensor.Torch;
import io.buckbench.train.StepMetric;
import io.buckbench.trial.Snapshots;
import io.buckbench.trial.StoredTrials;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import io.buckbench.trial.TrialRunner;
import io.buckbench.trial.TrialStoppedException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The main class of a worker process: runs the trials that it is sent, see {@link Message}. It ends
 * when its standard input ends, which happens too if the process that started it dies, and after a
 * trial that failed, since a later trial should not meet what is left of it.
 */
public final class WorkerMain {
  private static final String END = "";

  private final PrintStream reports;
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private volatile boolean running;
  private volatile boolean stopping;

  private WorkerMain(PrintStream reports) {
    this.reports = reports;
  }

  /** Runs trials until the end. */
  public static void main(String[] args) throws InterruptedException {
    PrintStream reports =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    // Only reports go to standard output.
    System.setOut(System.err);
    WorkerMain worker = new WorkerMain(reports);
    Thread reader = new Thread(worker::readRequests, "requests");
    reader.setDaemon(true);
    reader.start();
    Runtime.getRuntime().addShutdownHook(new Thread(worker::stopAndWait, "stop"));
    worker.work();
    System.exit(0);
  }

  private void readRequests() {
    try {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (Message.parse(line).orElse(null) instanceof Message.Stop) {
          stopping = true;
        }
        requests.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("standard input", e);
    } finally {
      if (running) {
        // Nobody waits for this trial any more.
        Runtime.getRuntime().halt(1);
      }
      requests.add(END);
    }
  }

  /** On a signal, such as Ctrl-C, which the terminal sends to workers too. */
  private void stopAndWait() {
    stopping = true;
    try {
      while (running) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() throws InterruptedException {
    if (!(next() instanceof Message.Open open)) {
      return;
    }
    Benchmarks benchmarks;
    try {
      Problems problems = new Problems();
      benchmarks = open.project().benchmarks(problems);
      problems.throwIfAny();
    } catch (InvalidInputException e) {
      report(new Message.Refused(e.getMessage()));
      return;
    }
    try {
      Torch.probeDevice();
    } catch (RuntimeException e) {
      report(new Message.Lost(String.valueOf(e.getMessage())));
      return;
    }
    report(new Message.Ready());
    try (TrialRunner runner = new TrialRunner(benchmarks, open.workers())) {
      StoredTrials trials =
          new StoredTrials(
              open.project().store(),
              runner,
              Reuse.NOTHING,
              open.resume()
                  ? Snapshots.fromProperties(() -> stopping)
                  : new Snapshots(Optional.empty(), () -> stopping));
      boolean healthy = true;
      while (healthy && next() instanceof Message.Run request) {
        running = true;
        try {
          healthy = run(request, open.project().suite(), benchmarks, trials);
        } finally {
          running = false;
        }
      }
    }
  }

  private Message next() throws InterruptedException {
    return Message.parse(requests.take()).orElse(null);
  }

  private synchronized void report(Message message) {
    reports.println(message.line());
    reports.flush();
  }

  /** Returns whether this process may run another trial. */
  private boolean run(
      Message.Run request, String suite, Benchmarks benchmarks, StoredTrials trials) {
    try {
      List<RunRecord> records = trials.run(trial(request, suite, benchmarks), new Progress());
      boolean failed = records.get(records.size() - 1).status() == RunStatus.FAILED;
      report(new Message.Finished(failed));
      return !failed;
    } catch (TrialStoppedException e) {
      report(new Message.Stopped());
      return false;
    } catch (InvalidInputException | StoreWriteException e) {
      report(new Message.Refused(e.getMessage()));
      return true;
    }
  }

  /** The trial of a request, if the files still declare it as they did when the suite started. */
  private static Trial trial(Message.Run request, String suite, Benchmarks benchmarks) {
    Problems problems = new Problems();
    Path file = benchmarks.suiteFile(suite);
    Suite read = Suite.read(file, benchmarks, problems);
    problems.throwIfAny();
    Configuration configuration =
        read.configurations().stream()
            .filter(row -> row.declared().equals(request.declared()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        file.toString(),
                        "another row " + request.declared().value("id") + " or none",
                        "the row with which the run was started",
                        "do not change a suite while it runs; start the command again"));
    return new Trial(request.suite(), configuration, request.seed());
  }

  /** Reports a trial's progress. */
  private final class Progress implements TrialListener {
    @Override
    public void started(Trial trial, BudgetPlan plan) {
      // The process that sent the trial knows.
    }

    @Override
    public void stepped(Trial trial, StepMetric metric, BigDecimal spentUsd) {
      report(new Message.Stepped(metric, spentUsd));
    }

    @Override
    public void answered(Trial trial, int items, int ofItems) {
      report(new Message.Answered(trial.configuration().id(), items, ofItems));
    }
  }
}
