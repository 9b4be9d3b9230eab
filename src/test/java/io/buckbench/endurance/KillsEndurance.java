package io.buckbench.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.budget.Phase;
import io.buckbench.files.Folders;
import io.buckbench.record.RecordDifferences;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
  private int resumed;

  /** What was paid for a trial: every step of every process. */
  private static final class Paid {
    private final Set<String> steps = new HashSet<>();
    private double seconds;
    private double longest;
    private int kills;

    /** Steps that a resumed process repeats from its snapshot have the same number and time. */
    boolean add(String step, double took) {
      boolean fresh = steps.add(step + " " + took);
      if (fresh) {
        seconds += took;
        longest = Math.max(longest, took);
      }
      return fresh;
    }
  }

  @Test
  void a_killed_suite_ends_with_the_bits_of_an_undisturbed_one_and_pays_for_all() throws Exception {
    KillSuite suite = KillSuite.write(dir);
    RunStore undisturbed = suite.run(dir.resolve("undisturbed"), 1);
    int rounds = 0;
    double furthest = 0;
    while (kills < KILLS) {
      Path runs = dir.resolve("runs-" + ++rounds);
      Map<String, Paid> paid = new LinkedHashMap<>();
      while (!suite.isComplete(runs)) {
        disturb(suite, runs, paid);
      }
      furthest = Math.max(furthest, check(suite, undisturbed, new RunStore(runs), paid));
    }
    assertThat(insideTrainings).as("kills between two steps of a training").isPositive();
    assertThat(resumed).as("trainings that went on from a snapshot").isPositive();
    System.out.printf(
        Locale.ROOT,
        "kills: %d SIGKILLs in %d rounds of %d trials, %d of them inside a training; %d trainings"
            + " went on from a snapshot; all records bit-equal; a ledger differs from the sum of its"
            + " steps by at most %.2f steps a kill%n",
        kills,
        rounds,
        suite.trials().size(),
        insideTrainings,
        resumed,
        furthest);
  }

  /** Runs the suite, and kills its processes at random until it ends. */
  private void disturb(KillSuite suite, Path runs, Map<String, Paid> paid) throws Exception {
    try (Child child = suite.start(runs, 1)) {
      child.await("worker ");
      while (kills < KILLS && !child.endsWithin(random.nextInt(MOST_MILLIS))) {
        kill(child, paid);
      }
      child.exitStatus();
      count(child.lines(), paid);
    }
  }

  /**
   * Kills the process that runs the suite, its worker, or both, as a machine that is switched off.
   */
  private void kill(Child child, Map<String, Paid> paid) throws Exception {
    String[] worker = last(child.lines(), "worker ").split(" ");
    String[] event = last(child.lines(), "worker ", "step ", "end ").split(" ");
    // After the last step the model is evaluated.
    boolean training = event[0].equals("step") && !event[2].equals(KillSuite.STEPS);
    int victim = random.nextInt(3);
    if (victim != 0) {
      ProcessHandle.of(Long.parseLong(worker[1])).ifPresent(ProcessHandle::destroyForcibly);
    }
    if (victim != 1) {
      child.kill();
    }
    kills++;
    insideTrainings += training ? 1 : 0;
    paid.computeIfAbsent(worker[2], name -> new Paid()).kills++;
  }

  private static String last(List<String> lines, String... kinds) {
    return lines.stream()
        .filter(line -> Stream.of(kinds).anyMatch(line::startsWith))
        .reduce("", (a, b) -> b);
  }

  private void count(List<String> lines, Map<String, Paid> paid) {
    String before = "";
    for (String line : lines) {
      String[] words = line.split(" ");
      if (!line.startsWith("step ")) {
        continue;
      }
      boolean fresh =
          paid.computeIfAbsent(words[1], name -> new Paid())
              .add(words[2], Double.parseDouble(words[3]));
      // The first step of this process that an earlier one had not taken.
      boolean repeated = before.equals("old " + words[1]);
      resumed += fresh && repeated ? 1 : 0;
      before = (fresh ? "new " : "old ") + words[1];
    }
  }

  /**
   * Compares the store with the undisturbed one.
   *
   * @return the largest difference of a ledger from the sum of its steps, in steps a kill
   */
  private static double check(
      KillSuite suite, RunStore undisturbed, RunStore disturbed, Map<String, Paid> paid) {
    double furthest = 0;
    List<RunRecord> records = disturbed.read(KillSuite.NAME);
    assertThat(records)
        .extracting(RunRecord::id)
        .containsExactlyInAnyOrderElementsOf(suite.trials().stream().map(Trial::id).toList());
    for (RunRecord record : records) {
      assertThat(record.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(record.broken()).isEmpty();
      RunRecord whole = undisturbed.find(record.id()).orElseThrow();
      assertThat(RecordDifferences.between(whole, record)).as(record.id().toString()).isEmpty();
      Paid sum = paid.get(SuiteMain.name(record.id()));
      double ledger = record.cost().seconds(Phase.TRAIN);
      // Making a batch is part of the metered time of a step, but not of a step's own seconds.
      double batches =
          whole.cost().seconds(Phase.TRAIN)
              / whole.steps().stream().mapToDouble(StepMetric::seconds).sum();
      double off = Math.abs(ledger - batches * sum.seconds) / (batches * sum.longest);
      assertThat(off)
          .as("the ledger of %s, killed %d times, in steps", record.id(), sum.kills)
          .isLessThan(1.0 + sum.kills);
      furthest = Math.max(furthest, off / Math.max(1, sum.kills));
    }
    assertThat(Folders.files(disturbed.directory().resolve(".snapshots")))
        .as("snapshots of trials that are complete")
        .isEmpty();
    return furthest;
  }
}
