package io.buckbench.simulation;

import io.buckbench.findings.Finding;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.SuiteRuns;
import io.buckbench.findings.Verdict;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.RunRecord;
import io.buckbench.suite.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What a suite is expected to show of its hypotheses: it is simulated with the rows that are
 * assumed, and judged as its records will be, with Holm's correction over all claims.
 */
public final class SuitePower {
  /** The seed of the checked-in page. */
  public static final long SEED = 20261126;

  /** The suites of the checked-in page. */
  public static final int SUITES = 200;

  /** A claim is in reach if one of the two verdicts has at least this probability. */
  static final double ENOUGH = 0.8;

  /** Seeds of the suite from which the needed number of seeds is estimated. */
  private static final int MANY_SEEDS = 64;

  private final Map<String, AssumedRow> assumed;
  private final SimulatedSuite simulated;
  private final Hypotheses hypotheses;
  private final String suite;

  /**
   * A claim about a row, or about several.
   *
   * @param hypothesis its id
   * @param configuration the row; empty if it is about several
   * @param statistic what is compared
   * @param effect its mean over the suites
   * @param shares how often each verdict was given
   * @param seeds the fewest seeds a row that would decide it with 80 % power; empty if none would
   */
  record Line(
      String hypothesis,
      String configuration,
      String statistic,
      double effect,
      Map<Verdict, Double> shares,
      OptionalInt seeds) {
    double share(Verdict verdict) {
      return shares.getOrDefault(verdict, 0.0);
    }

    boolean inReach() {
      return Math.max(share(Verdict.SUPPORTED), share(Verdict.REFUTED)) >= ENOUGH;
    }
  }

  /**
   * Prepares the simulation of a suite.
   *
   * @param assumed the file of what is assumed
   * @throws InvalidInputException if the file has a problem or lacks a row of the suite
   */
  public SuitePower(Suite suite, Hypotheses hypotheses, Path assumed) {
    this.suite = suite.name();
    this.hypotheses = hypotheses;
    this.assumed = AssumedRow.read(assumed, suite.name());
    this.simulated = new SimulatedSuite(suite, this.assumed);
  }

  /**
   * Simulates the suite.
   *
   * @param suites how often
   * @param seed of the random numbers; equal seeds give equal lines
   * @param progress told what is done
   */
  List<Line> lines(int suites, long seed, Consumer<String> progress) {
    SplittableRandom random = new SplittableRandom(seed);
    List<RunRecord> many = simulated.draw(MANY_SEEDS, random.split());
    Map<String, OptionalInt> needed = hypotheses.seedsToDecide(suite, many);
    Map<String, List<Finding>> findings = new LinkedHashMap<>();
    for (int i = 0; i < suites; i++) {
      SuiteRuns.of(suite, simulated.draw(0, random))
          .findings(hypotheses)
          .forEach(f -> findings.computeIfAbsent(f.key(), key -> new ArrayList<>()).add(f));
      progress.accept("suites: " + (i + 1) + " of " + suites);
    }
    List<Line> lines = new ArrayList<>();
    findings.forEach((key, all) -> lines.add(line(all, needed.get(key))));
    return lines;
  }

  private static Line line(List<Finding> all, OptionalInt seeds) {
    Map<Verdict, Double> shares = new EnumMap<>(Verdict.class);
    all.forEach(f -> shares.merge(f.verdict(), 1.0 / all.size(), Double::sum));
    Finding first = all.get(0);
    return new Line(
        first.hypothesis(),
        first.configuration(),
        first.statistic(),
        all.stream().mapToDouble(Finding::estimate).average().orElseThrow(),
        shares,
        seeds);
  }

  /** The page of the suite. */
  public String page(int suites, long seed, Consumer<String> progress) {
    return new PowerPage(suite, hypotheses, assumed.values(), lines(suites, seed, progress))
        .markdown(suites, seed);
  }
}
