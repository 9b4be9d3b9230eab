package io.buckbench.endurance;

import io.buckbench.findings.RunFixtures;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Commits a record to a store in a thread of its own, once a byte is on standard input. The same
 * was done before with another store, so that the thread loads no class. Another thread reads the
 * byte, so that the calls of the committing one begin with the commit.
 */
final class CommitMain {
  private CommitMain() {}

  /** The record that is in the store before. */
  static RunRecord old() {
    return RunFixtures.row("lora_8", 3, 4).get(0);
  }

  /** The record that replaces it. */
  static RunRecord fresh() {
    return RunCopy.of(old()).startedAt("2026-11-26T12:00:00Z").record();
  }

  /**
   * @param arguments a store for practice, and the store
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    for (RunRecord record : new RunRecord[] {old(), fresh(), old()}) {
      commit(new RunStore(Path.of(arguments[0])), record);
    }
    CountDownLatch go = new CountDownLatch(1);
    Thread thread = new Thread(() -> commitTraced(new RunStore(Path.of(arguments[1])), go));
    thread.start();
    System.in.read();
    go.countDown();
    thread.join();
    System.exit(0);
  }

  /** Writes a record with an adapter, as a trial does. */
  static void commit(RunStore store, RunRecord record) {
    try (RunStore.Draft draft = store.draft()) {
      Path adapter = Files.createDirectories(draft.directory().resolve("adapter"));
      Files.writeString(adapter.resolve("adapter_model.safetensors"), "weights".repeat(100));
      draft.commit(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void commitTraced(RunStore store, CountDownLatch go) {
    try {
      System.out.println("thread " + Path.of("/proc/thread-self").toRealPath().getFileName());
      go.await();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    commit(store, fresh());
  }
}
