package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Findings;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.Verdict;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.GoldenText;
import io.buckbench.junit.StatedHypotheses.Held;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Trial;
import io.qameta.allure.Allure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs trials inside a parameterized test, shows them in Allure, and holds each to its promises
 * when the test method has ended, whether or not a hypothesis fell in it.
 */
public final class TrialBench implements AfterTestExecutionCallback {
  /** Rows by whose record a hypothesis on another row is judged. */
  private static final Set<String> REFERENCES = Set.of("none", "full");

  private final Function<Trial, List<RunRecord>> runner;
  private final Function<String, List<RunRecord>> records;
  private final Hypotheses hypotheses;
  private final GoldenStore golden;
  private List<RunRecord> last = List.of();

  /**
   * @param runner trains and evaluates a trial and keeps its record, given last, behind those of
   *     the smaller budgets that it served
   * @param records the kept records of a suite
   * @param hypotheses what was claimed before
   * @param golden what was accepted
   */
  public TrialBench(
      Function<Trial, List<RunRecord>> runner,
      Function<String, List<RunRecord>> records,
      Hypotheses hypotheses,
      GoldenStore golden) {
    this.runner = runner;
    this.records = records;
    this.hypotheses = hypotheses;
    this.golden = golden;
  }

  /** Runs a trial and shows what it did. */
  public RunRecord run(Trial trial) {
    last = List.of();
    AllureTrial.describe(
        trial.suite(), trial.configuration().id(), trial.seed(), trial.configuration().declared());
    long start = System.currentTimeMillis();
    last = runner.apply(trial);
    RunRecord own = last.get(last.size() - 1);
    AllureTrial.show(own, records.apply(trial.suite()), start);
    AllureEnvironment.write(own.provenance());
    return own;
  }

  /**
   * States the hypotheses that speak of a trial's row, on this trial alone: against always yes, and
   * against the untouched model and full fine-tuning where the store has them. Its verdicts bind
   * where equal bits are promised.
   */
  public void stateHypotheses(SoftAssertions softly, RunRecord run) {
    List<RunRecord> fresh = new ArrayList<>(List.of(run));
    fresh.addAll(references(run));
    List<Finding> findings = judge(run, fresh);
    Optional<Accepted> accepted =
        Accepted.beingReplaced() ? Optional.empty() : Accepted.of(run, golden);
    Map<String, Verdict> verdicts = accepted.map(a -> verdicts(run, fresh, a)).orElseGet(Map::of);
    Optional<GoldenDiff> diff = accepted.flatMap(a -> a.compare(run));
    StatedHypotheses.state(
        softly,
        findings,
        f -> Optional.ofNullable(verdicts.get(f.hypothesis())),
        diff.filter(GoldenDiff::exact).isPresent() ? Held.EXACTLY : Held.NOT_AT_ALL);
    Allure.addAttachment(
        "comparison with golden",
        "text/plain",
        diff.map(GoldenText::of).orElse("nothing was accepted for this trial yet\n"),
        ".txt");
  }

  private Map<String, Verdict> verdicts(RunRecord run, List<RunRecord> fresh, Accepted accepted) {
    List<RunRecord> then = fresh.stream().map(accepted::like).flatMap(Optional::stream).toList();
    if (accepted.like(run).isEmpty()) {
      return Map.of();
    }
    return judge(run, then).stream()
        .collect(
            Collectors.toMap(
                Finding::hypothesis,
                Finding::verdict,
                (first, second) -> first,
                LinkedHashMap::new));
  }

  private List<Finding> judge(RunRecord run, List<RunRecord> records) {
    return Findings.ofConfiguration(
        Findings.judge(hypotheses, records), run.suite(), run.configuration());
  }

  /**
   * Records made by the same commit on the same device, so that only the method differs: for each
   * reference row that of the same seed, or its first where it has fewer seeds.
   */
  private List<RunRecord> references(RunRecord run) {
    Map<String, RunRecord> chosen = new LinkedHashMap<>();
    records.apply(run.suite()).stream()
        .filter(r -> REFERENCES.contains(r.declared().method()))
        .filter(r -> !r.configuration().equals(run.configuration()))
        .filter(r -> Origin.same(r, run))
        .sorted(Comparator.comparingLong(RunRecord::seed))
        .forEach(
            r ->
                chosen.merge(
                    r.configuration(),
                    r,
                    (first, next) -> next.seed() == run.seed() ? next : first));
    return List.copyOf(chosen.values());
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (last.isEmpty()) {
      return;
    }
    Map<String, String> invariants = new LinkedHashMap<>();
    for (RunRecord run : last) {
      boolean served = run.declared().servedBy().isPresent();
      String whose = served ? run.configuration() + ": " : "";
      Invariants.of(run).forEach((name, words) -> invariants.put(whose + name, words));
    }
    last = List.of();
    AllureTrial.show(invariants);
    Map<String, String> broken = new LinkedHashMap<>(invariants);
    broken.values().removeIf(String::isEmpty);
    assertThat(broken).as("invariant broken: %s", broken).isEmpty();
  }
}
