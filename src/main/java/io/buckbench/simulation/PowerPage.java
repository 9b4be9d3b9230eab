package io.buckbench.simulation;

import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.Verdict;
import io.buckbench.simulation.AssumedRow.Spread;
import io.buckbench.simulation.SuitePower.Line;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The page of a suite's power.
 *
 * @param suite the suite's name
 * @param hypotheses gives the terms of each claim
 * @param assumed what is assumed of its rows
 * @param lines the claims
 */
record PowerPage(
    String suite, Hypotheses hypotheses, Collection<AssumedRow> assumed, List<Line> lines) {

  String markdown(int suites, long seed) {
    return String.format(
        Locale.ROOT,
        """
        # What the suite %1$s can show

        Written by `power %1$s --suites %2$d --seed %3$d`; do not edit. The suite was simulated %2$d times with rows as \
        `benchmarks/assumed.csv` assumes them, and judged as its records will be, with Holm's correction over all claims \
        ([`statistics.md`](statistics.md)). One standard error of a share of 80 %% is %4$.1f points.

        ## What is assumed
        Written before the seeds of the suite were run; the file names the source of each row. A seed that does not learn answers yes to a share of \
        the items that does not depend on the question. *Unreadable*: neither yes nor no; without a \
        standard deviation it is distributed exponentially. *Perplexity*: after / before, the median, with the standard deviation of its logarithm. \
        *Losses*: of the training, in nats; *spread* is the standard deviation over its last steps.

        %5$s
        ## What to expect
        *Effect*: the mean of the statistic. *Seeds*: how many seeds a row give 80 %% power at the first step of Holm's correction, by the formula in \
        `Power`; *none*: not with 1,000, because the test items decide; empty: the seeds do not differ, so few are enough.

        %6$s
        ## Out of reach
        %7$s""",
        suite,
        suites,
        seed,
        100 * Math.sqrt(0.16 / suites),
        assumptions(),
        expectations(),
        outOfReach());
  }

  String assumptions() {
    StringBuilder text =
        new StringBuilder(
            "| row | learns on % of seeds | accuracy % (sd) | else: yes % (sd) | unreadable % (sd) |"
                + " area % (sd) | perplexity (sd) | final loss (sd) | loss spread (sd) | declared |\n"
                + "|---|---|---|---|---|---|---|---|---|---|\n");
    for (AssumedRow row : assumed) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n",
              row.configuration(),
              number(100 * row.learns()),
              pair(row.accuracy(), 100),
              pair(row.yes(), 100),
              pair(row.unreadable(), 100),
              pair(row.area(), 100),
              pair(row.perplexity(), 1),
              pair(row.finalLoss(), 1),
              pair(row.lossSpread(), 1),
              row.declared()));
    }
    return text.toString();
  }

  private String expectations() {
    StringBuilder text =
        new StringBuilder(
            "| hypothesis | terms | row | statistic | effect | supported % | refuted % | inconclusive"
                + " % | seeds |\n|---|---|---|---|---|---|---|---|---|\n");
    for (Line line : lines) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %.2f | %.1f | %.1f | %.1f | %s |\n",
              line.hypothesis(),
              hypotheses.terms(line.hypothesis()).orElse(""),
              line.configuration(),
              line.statistic(),
              line.effect(),
              100 * line.share(Verdict.SUPPORTED),
              100 * line.share(Verdict.REFUTED),
              100 * line.share(Verdict.INCONCLUSIVE),
              seeds(line)));
    }
    return text.toString();
  }

  private String outOfReach() {
    String all =
        lines.stream()
            .filter(line -> !line.inReach())
            .map(
                line ->
                    String.format(
                        Locale.ROOT,
                        "- `%s`%s: decided in %.1f %% of suites. Seeds a row that would decide it:"
                            + " %s.\n",
                        line.hypothesis(),
                        line.configuration().isEmpty() ? "" : ", " + line.configuration(),
                        100 * (line.share(Verdict.SUPPORTED) + line.share(Verdict.REFUTED)),
                        seeds(line)))
            .collect(Collectors.joining());
    return all.isEmpty()
        ? "Nothing: each claim is decided in 80 % of suites or more.\n"
        : "Less than 80 % of suites give the same verdict:\n\n" + all;
  }

  private static String seeds(Line line) {
    return line.seeds().isPresent()
        ? Integer.toString(line.seeds().getAsInt())
        : line.inReach() ? "" : "none";
  }

  private static String pair(Spread value, double scale) {
    if (!value.isAssumed()) {
      return "";
    }
    String mean = number(scale * value.mean());
    return Double.isNaN(value.sd()) ? mean : mean + " (" + number(scale * value.sd()) + ")";
  }

  private static String number(double value) {
    double rounded = Math.round(1000 * value) / 1000.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }
}
