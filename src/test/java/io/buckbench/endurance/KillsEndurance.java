package io.buckbench.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.files.Folders;
import io.buckbench.record.RecordDifferences;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Trial;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A suite whose processes are killed at random moments, and started again until it is complete:
 * each trial is there once, with the bits of an undisturbed run, and its ledger has what all its
 * parts cost.
 */
class KillsEndurance {
  private static final int KILLS = Scale.of(20, 500);

  /** The time of a whole run after its first worker has started is about this long. */
  private static final int MOST_MILLIS = 3500;

  @TempDir Path dir;
  private final SplittableRandom random = new SplittableRandom(Scale.seed());
  private int kills;
  private int insideTrainings;

  @Test
  void a_killed_suite_ends_with_the_bits_of_an_undisturbed_one_and_pays_for_all() throws Exception {
    KillSuite suite = KillSuite.write(dir);
    RunStore undisturbed = suite.run(dir.resolve("undisturbed"), 1);
    int rounds = 0;
    int lost = 0;
    int resumed = 0;
    while (kills < KILLS) {
      RunStore store = new RunStore(dir.resolve("runs-" + ++rounds));
      List<PaidSteps> paid = suite.trials().stream().map(PaidSteps::new).toList();
      while (!suite.isComplete(store.directory())) {
        disturb(suite, store, paid);
      }
      check(suite, undisturbed, store, paid);
      lost += paid.stream().mapToInt(PaidSteps::lost).sum();
      resumed += paid.stream().mapToInt(PaidSteps::resumed).sum();
    }
    assertThat(insideTrainings).as("kills between two steps of a training").isPositive();
    assertThat(resumed).as("trainings that went on from a snapshot").isPositive();
    System.out.printf(
        Locale.ROOT,
        "kills: %d SIGKILLs in %d rounds of %d trials, %d of them inside a training; %d trainings"
            + " went on from a snapshot; all records bit-equal; each ledger is the sum of its steps,"
            + " but for %d that died before their time was kept%n",
        kills,
        rounds,
        suite.trials().size(),
        insideTrainings,
        resumed,
        lost);
  }

  /** Runs the suite, and kills its processes at random until it ends. */
  private void disturb(KillSuite suite, RunStore store, List<PaidSteps> paid) throws Exception {
    try (Child child = suite.start(store.directory(), 1)) {
      child.await("worker ");
      while (kills < KILLS && !child.endsWithin(random.nextInt(MOST_MILLIS))) {
        kill(child);
      }
      child.exitStatus();
      // A worker ends a moment after the process that started it.
      for (String worker : workers(child.lines())) {
        ProcessHandle.of(Long.parseLong(worker)).ifPresent(handle -> handle.onExit().join());
      }
      for (PaidSteps trial : paid) {
        trial.ended(child.lines(), store);
      }
    }
  }

  /**
   * Kills the process that runs the suite, its worker, or both, as a machine that is switched off.
   */
  private void kill(Child child) throws Exception {
    List<String> workers = workers(child.lines());
    String[] event = last(child.lines(), "worker ", "step ", "end ").split(" ");
    // After the last step the model is evaluated.
    boolean training = event[0].equals("step") && !event[2].equals(KillSuite.STEPS);
    int victim = random.nextInt(3);
    if (victim != 0) {
      long worker = Long.parseLong(workers.get(workers.size() - 1));
      ProcessHandle.of(worker).ifPresent(ProcessHandle::destroyForcibly);
    }
    if (victim != 1) {
      child.kill();
    }
    kills++;
    insideTrainings += training ? 1 : 0;
  }

  /** The workers' process numbers, the last one last. */
  private static List<String> workers(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("worker "))
        .map(line -> line.split(" ")[1])
        .toList();
  }

  private static String last(List<String> lines, String... kinds) {
    return lines.stream()
        .filter(line -> Stream.of(kinds).anyMatch(line::startsWith))
        .reduce("", (a, b) -> b);
  }

  /** Compares the store with the undisturbed one, and its ledgers with what was paid. */
  private static void check(
      KillSuite suite, RunStore undisturbed, RunStore disturbed, List<PaidSteps> paid) {
    List<RunRecord> records = disturbed.read(KillSuite.NAME);
    assertThat(records)
        .extracting(RunRecord::id)
        .containsExactlyInAnyOrderElementsOf(suite.trials().stream().map(Trial::id).toList());
    for (RunRecord record : records) {
      assertThat(record.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(record.broken()).isEmpty();
      RunRecord whole = undisturbed.find(record.id()).orElseThrow();
      assertThat(RecordDifferences.between(whole, record)).as(record.id().toString()).isEmpty();
    }
    paid.forEach(trial -> trial.check(disturbed));
    assertThat(Folders.files(disturbed.directory().resolve(".snapshots")))
        .as("snapshots of trials that are complete")
        .isEmpty();
  }
}
