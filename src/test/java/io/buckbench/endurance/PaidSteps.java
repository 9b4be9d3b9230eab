package io.buckbench.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.budget.Phase;
import io.buckbench.budget.PriceCard;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Trial;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows what one trial was charged over the processes that ran it. The amounts are those that the
 * processes printed and kept, so no bound depends on how long a step takes:
 *
 * <ul>
 *   <li>a process begins with the amount that the one before it has kept, to the trillionth;
 *   <li>each step is charged at least its own seconds, and all steps of a process together at most
 *       the time that it ran;
 *   <li>the amount that is kept when a process dies is that of its last step or of the step before.
 * </ul>
 */
final class PaidSteps {
  private final Trial trial;
  private final PriceCard card;

  /** What was kept when the last process ended. */
  private Kept kept = new Kept(0, BigDecimal.ZERO);

  private int lost;
  private int resumed;

  /** A number of steps, and the dollars that they and their repetitions were charged. */
  private record Kept(int steps, BigDecimal usd) {}

  /** A line that {@link SuiteMain} prints for a step. */
  private record Step(int number, double seconds, BigDecimal usd, long nanos) {
    static Step of(String[] words) {
      return new Step(
          Integer.parseInt(words[2]),
          Double.parseDouble(words[3]),
          new BigDecimal(words[4]),
          Long.parseLong(words[5]));
    }
  }

  PaidSteps(Trial trial) {
    this.trial = trial;
    this.card = trial.configuration().plan().card();
  }

  /** The steps whose process died after they were taken and before their time was kept. */
  int lost() {
    return lost;
  }

  /** The processes that went on from a snapshot. */
  int resumed() {
    return resumed;
  }

  /** Takes in what a process printed that has ended, and what its store has now. */
  void ended(List<String> lines, RunStore store) throws IOException {
    String name = SuiteMain.name(trial.id());
    List<Step> steps = new ArrayList<>();
    long begun = 0;
    for (String line : lines) {
      String[] words = line.split(" ");
      if (words[0].equals("worker") && words[2].equals(name)) {
        begun = Long.parseLong(words[3]);
      } else if (words[0].equals("step") && words[1].equals(name)) {
        steps.add(Step.of(words));
      }
    }
    if (begun == 0) {
      return;
    }
    Kept last = kept;
    Kept before = kept;
    for (Step step : steps) {
      if (step.usd.compareTo(kept.usd) == 0 && last.usd.equals(kept.usd)) {
        // The process reports the steps before its snapshot again; they are not charged again.
        assertThat(step.number).as(name + " goes on").isLessThanOrEqualTo(kept.steps + 1);
      } else {
        resumed += last.equals(kept) && step.number > 1 ? 1 : 0;
        BigDecimal charged = step.usd.subtract(last.usd);
        assertThat(charged).as(name + ": " + step).isGreaterThanOrEqualTo(usd(step.seconds));
        before = last;
        last = new Kept(step.number, step.usd);
      }
    }
    if (!steps.isEmpty()) {
      double ran = (steps.get(steps.size() - 1).nanos - begun) / 1e9;
      assertThat(last.usd.subtract(kept.usd)).as(name).isLessThanOrEqualTo(usd(ran));
    }
    kept = keptNow(store);
    if (kept.steps <= last.steps && !kept.usd.equals(last.usd)) {
      assertThat(kept.usd).as("%s: the last step's charge is lost", name).isEqualTo(before.usd);
      lost++;
    } else {
      // Its last words may have been lost instead.
      assertThat(kept.usd).as(name).isGreaterThanOrEqualTo(last.usd);
    }
  }

  private BigDecimal usd(double seconds) {
    // The ledger and the lines are rounded down to a trillionth of a dollar.
    return card.usd(BigDecimal.valueOf(seconds)).setScale(11, RoundingMode.DOWN);
  }

  private Kept keptNow(RunStore store) throws IOException {
    Path spent = store.snapshot(trial.id()).resolve("spent.json");
    if (Files.exists(spent)) {
      JsonNode meter = new ObjectMapper().readTree(spent.toFile()).get("meter");
      long nanos = meter.get("nanos").get(Phase.TRAIN.name()).longValue();
      return new Kept(meter.get("steps").intValue(), card.usd(BigDecimal.valueOf(nanos, 9)));
    }
    return store
        .find(trial.id())
        .filter(record -> record.status() == RunStatus.COMPLETED)
        .map(record -> new Kept(record.steps().size(), record.cost().spentUsd()))
        .orElse(new Kept(0, BigDecimal.ZERO));
  }

  /** The ledger of the final record has what was kept, and neither more nor less. */
  void check(RunStore store) {
    RunRecord record = store.find(trial.id()).orElseThrow();
    assertThat(record.cost().spentUsd()).as(trial.toString()).isEqualTo(kept.usd);
  }
}
