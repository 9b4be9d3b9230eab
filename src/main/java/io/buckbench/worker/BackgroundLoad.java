package io.buckbench.worker;

import io.buckbench.files.Folders;
import io.buckbench.suite.Trial;
import io.buckbench.trial.StoredTrials.Reuse;
import io.buckbench.trial.TrialListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Worker processes that run trials again and again, so that this process measures under the load of
 * a suite. Their records are discarded.
 */
public final class BackgroundLoad implements AutoCloseable {
  private final Path directory;
  private final Thread thread;
  private final CountDownLatch busy;
  private volatile boolean closed;
  private volatile RuntimeException failure;

  private BackgroundLoad(WorkerProject project, List<Trial> trials, int processes) {
    try {
      directory = Files.createTempDirectory("buckbench-load-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a temporary directory", e);
    }
    busy = new CountDownLatch(processes);
    Workers workers =
        new Workers(
            project.storingIn(directory),
            new WorkerCount("workers", OptionalInt.of(Math.max(1, processes))),
            Reuse.NOTHING);
    thread = new Thread(() -> repeat(workers, trials), "background load");
    thread.setDaemon(true);
    if (processes > 0) {
      thread.start();
    }
  }

  /**
   * Starts processes and waits until each of them has a trial.
   *
   * @param trials what they run, at least as many as processes
   * @param processes may be 0
   * @throws WorkerStartException if a process cannot be used
   */
  public static BackgroundLoad start(WorkerProject project, List<Trial> trials, int processes) {
    BackgroundLoad load = new BackgroundLoad(project, trials, processes);
    try {
      load.busy.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (load.failure != null) {
      load.close();
      throw load.failure;
    }
    return load;
  }

  private void repeat(Workers workers, List<Trial> trials) {
    Set<Long> seen = new HashSet<>();
    TrialListener listener =
        new TrialListener() {
          @Override
          public void runsIn(Trial trial, long process) {
            if (seen.add(process)) {
              busy.countDown();
            }
          }
        };
    try {
      while (!closed) {
        workers.run(trials, listener);
      }
    } catch (RuntimeException e) {
      if (!closed) {
        failure = e;
      }
    } finally {
      while (busy.getCount() > 0) {
        busy.countDown();
      }
    }
  }

  /**
   * Ends the processes.
   *
   * @throws WorkerStartException if they did not run all the time
   */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      Folders.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
    if (failure != null) {
      throw failure;
    }
  }
}
