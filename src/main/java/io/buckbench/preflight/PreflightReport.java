package io.buckbench.preflight;

import io.buckbench.input.Problems;
import java.util.List;
import java.util.Locale;

/**
 * The results of all checks.
 *
 * @param suite name of the suite
 * @param results one or more per check, in the order of the checks
 */
public record PreflightReport(String suite, List<CheckResult> results) {
  public PreflightReport {
    results = List.copyOf(results);
  }

  /** The results with an outcome. */
  public List<CheckResult> with(CheckOutcome outcome) {
    return results.stream().filter(r -> r.outcome() == outcome).toList();
  }

  /** Whether the suite may run. */
  public boolean passed() {
    return with(CheckOutcome.FAILED).isEmpty();
  }

  /** Adds the failed checks to other problems. */
  public void addTo(Problems problems) {
    for (CheckResult failed : with(CheckOutcome.FAILED)) {
      problems.add(failed.problem().where(), failed.found(), failed.expected(), failed.todo());
    }
  }

  /** One line per check, followed by what to do, and a summary at the end. */
  public String table() {
    StringBuilder text = new StringBuilder();
    for (CheckResult r : results) {
      line(text, r.check(), r.outcome().words(), r.found());
      if (!r.expected().isEmpty()) {
        line(text, "", "", "expected " + r.expected());
      }
      if (!r.todo().isEmpty()) {
        line(text, "", "", "-> " + r.todo());
      }
    }
    return text.append(verdict()).append('\n').toString();
  }

  private String verdict() {
    int failed = with(CheckOutcome.FAILED).size();
    if (failed > 0) {
      return "preflight of %s: %d of %d checks failed; nothing was trained, nothing was spent"
          .formatted(suite, failed, results.size());
    }
    int warnings = with(CheckOutcome.WARNING).size();
    String but = warnings == 0 ? "" : ", " + warnings + " with a warning";
    return "preflight of %s: %d checks passed%s".formatted(suite, results.size(), but);
  }

  private static void line(StringBuilder text, String check, String outcome, String words) {
    text.append(String.format(Locale.ROOT, "%-20s %-11s %s%n", check, outcome, words));
  }
}
