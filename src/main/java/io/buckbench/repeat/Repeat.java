package io.buckbench.repeat;

import io.buckbench.budget.BudgetClock;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.Declaration;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Project;
import io.buckbench.suite.Trial;
import io.buckbench.trial.TrialListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Runs a trial twice, each time in a fresh process, and compares the two.
 *
 * @param project has the declarations that the row refers to
 * @param folder for the two run stores
 * @param steps the most steps of each run; empty for those that the budget buys
 */
public record Repeat(Project project, Path folder, OptionalInt steps) {
  /**
   * Runs a trial twice.
   *
   * @throws InvalidInputException if its number of steps depends on the time that they take
   */
  public Repetition of(Trial trial, TrialListener listener) {
    Configuration configuration = trial.configuration();
    if (configuration.clock() == BudgetClock.METERED
        && configuration.method().trains()
        && steps.isEmpty()
        && configuration.maxSteps().isEmpty()) {
      throw new InvalidInputException(
          configuration.where() + " column clock",
          "metered, so that the number of steps depends on their speed",
          "a number of steps that is the same in both runs",
          "add --steps N, with fewer steps than the budget pays for");
    }
    Map<String, String> columns = new LinkedHashMap<>(configuration.declared().columns());
    steps.ifPresent(most -> columns.put(Configuration.MAX_STEPS, Integer.toString(most)));
    RowFile row = RowFile.write(project, folder, trial.suite(), new Declaration(columns));
    Trial own = row.trial(trial.seed());
    return Repetition.of(
        trial.id(),
        FreshRun.of(row, own, folder.resolve("first"), listener),
        FreshRun.of(row, own, folder.resolve("second"), listener));
  }
}
