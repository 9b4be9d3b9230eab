package io.buckbench.report;

import io.buckbench.eval.SeedSummary;
import io.buckbench.golden.GoldenDiff;
import io.buckbench.golden.RowDiff;
import io.buckbench.golden.RowOutcome;
import io.buckbench.golden.VerdictChange;
import io.buckbench.record.RunRecord;
import io.buckbench.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What changed since the accepted results.
 *
 * @param state the worst that happened
 * @param sentence one sentence, such as {@code Nothing changed since 2026-11-26: 82 of 82 trials
 *     ...}
 * @param items what a reader should look at, worst first
 * @param counts of trials, rows and verdicts, in the order in which they are shown
 */
public record Changes(State state, String sentence, List<Item> items, Map<String, Integer> counts) {
  /** The command that accepts fresh results. */
  public static final String ACCEPT = "./mvnw verify -Dgolden=accept -Dgolden.why=\"one sentence\"";

  private static final int CAUSES_SHOWN = 3;

  /** How much changed. */
  public enum State {
    /** Everything is as accepted. */
    UNCHANGED,
    /** Something moved or could not be decided, within what is allowed. */
    MOVED,
    /** Something breaks the build. */
    BROKEN,
    /** There is nothing to compare with. */
    NOT_COMPARED
  }

  /** What an item is about. */
  public enum Subject {
    ROW,
    VERDICT,
    TRIAL
  }

  /**
   * Something to look at.
   *
   * @param subject what it is about
   * @param target the row; the hypothesis and row, {@code hypothesis/row}; or the trial, {@code
   *     row/seed}
   * @param breaks whether it fails the build
   * @param words what happened and why
   */
  public record Item(Subject subject, String target, boolean breaks, String words) {
    /** The name of the subject, such as {@code lora_r2_qv, seed 3}. */
    public String name() {
      int slash = target.lastIndexOf('/');
      return slash < 0 || subject == Subject.ROW
          ? target
          : target.substring(0, slash)
              + (subject == Subject.TRIAL ? ", seed " : ", ")
              + target.substring(slash + 1);
    }
  }

  /** Compares a report with what was accepted. */
  public static Changes of(SuiteReport report) {
    List<RunRecord> runs = report.records();
    List<Item> items = new ArrayList<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    report.judgement().accepted().ifPresent(then -> compared(report, then, items, counts));
    Map<Ending, List<RunRecord>> endings = Ending.among(runs);
    endings.forEach(
        (ending, with) ->
            with.forEach(
                run ->
                    items.add(
                        new Item(
                            Subject.TRIAL,
                            run.configuration() + "/" + run.seed(),
                            !run.broken().isEmpty(),
                            ending + ": " + why(run)))));
    int kept = (int) runs.stream().filter(run -> run.broken().isEmpty()).count();
    counts.put("trials", runs.size());
    counts.put("trials that kept their promises", kept);
    endings.forEach((ending, with) -> counts.put("trials " + ending, with.size()));
    items.sort((a, b) -> Boolean.compare(b.breaks(), a.breaks()));
    boolean broken = items.stream().anyMatch(Item::breaks);
    State state =
        broken
            ? State.BROKEN
            : report.judgement().accepted().isEmpty()
                ? State.NOT_COMPARED
                : items.isEmpty() ? State.UNCHANGED : State.MOVED;
    return new Changes(state, sentence(report, state, items, counts), List.copyOf(items), counts);
  }

  private static void compared(
      SuiteReport report, AcceptedResults then, List<Item> items, Map<String, Integer> counts) {
    GoldenDiff diff = then.diff();
    for (RowDiff row : diff.rows()) {
      if (row.breaksPromise() || row.outcome() != RowOutcome.SAME) {
        items.add(
            new Item(
                Subject.ROW, row.configuration(), row.breaksPromise(), words(report, then, row)));
      }
    }
    for (VerdictChange verdict : diff.verdicts()) {
      items.add(
          new Item(
              Subject.VERDICT,
              verdict.finding(),
              verdict.breaksPromise(),
              verdict.accepted() + " -> " + verdict.now()));
    }
    counts.put("rows", diff.rows().size());
    for (RowOutcome outcome : RowOutcome.values()) {
      long n = diff.rows().stream().filter(row -> row.outcome() == outcome).count();
      if (n > 0 || outcome == RowOutcome.SAME) {
        counts.put("rows " + outcome, (int) n);
      }
    }
    counts.put("verdicts", then.results().verdicts().size());
    counts.put("verdicts changed", diff.verdicts().size());
  }

  /** What happened to a row and its likely cause; the section on moved rows has all of it. */
  private static String words(SuiteReport report, AcceptedResults then, RowDiff row) {
    String words = row.outcome().toString();
    Interval was = then.accuracies().getOrDefault(row.configuration(), Interval.NONE);
    Interval is =
        report.configurations().stream()
            .filter(c -> c.configuration().equals(row.configuration()))
            .flatMap(c -> c.scores().stream())
            .map(SeedSummary::accuracy)
            .findFirst()
            .orElse(Interval.NONE);
    words +=
        "; accuracy " + Formats.percent(was.estimate()) + " -> " + Formats.percent(is.estimate());
    List<String> causes =
        row.differences().stream()
            .filter(difference -> !difference.startsWith("seed "))
            .limit(CAUSES_SHOWN)
            .toList();
    if (!causes.isEmpty()) {
      return words + "; changed: " + String.join(", ", causes);
    }
    return row.differences().isEmpty() ? words : words + "; " + row.differences().get(0);
  }

  private static String why(RunRecord run) {
    String broken = run.broken().isEmpty() ? run.cost().words() : run.broken().get(0).toString();
    return run.failure().isEmpty() ? broken : run.failure();
  }

  private static String sentence(
      SuiteReport report, State state, List<Item> items, Map<String, Integer> counts) {
    String kept =
        String.format(
            Locale.ROOT,
            "%d of %d trials kept their promises",
            counts.get("trials that kept their promises"),
            counts.get("trials"));
    if (report.judgement().accepted().isEmpty()) {
      return (state == State.BROKEN ? "BROKEN: " : "")
          + kept
          + "; nothing accepted to compare with";
    }
    AcceptedResults then = report.judgement().accepted().orElseThrow();
    String since = then.since().isEmpty() ? "the accepted results" : then.since();
    String how = then.diff().exact() ? "to the last bit" : "by statistics";
    int same = counts.get("rows SAME");
    int verdicts = counts.get("verdicts");
    String numbers =
        String.format(
            Locale.ROOT,
            "%s; %d of %d rows as accepted, compared %s; %d of %d verdicts",
            kept,
            same,
            counts.get("rows"),
            how,
            verdicts - Math.min(verdicts, counts.get("verdicts changed")),
            verdicts);
    long breaking = items.stream().filter(Item::breaks).count();
    int undecided = counts.getOrDefault("rows INCONCLUSIVE", 0);
    return switch (state) {
      case UNCHANGED -> "Nothing changed since " + since + ": " + numbers + ".";
      case MOVED ->
          "Moved within what is allowed since "
              + since
              + (undecided == 0 ? "" : ", " + undecided + " rows INCONCLUSIVE")
              + ": "
              + numbers
              + ".";
      default ->
          word(items)
              + " since "
              + since
              + ": "
              + breaking
              + (breaking == 1 ? " item breaks" : " items break")
              + " the build; "
              + numbers
              + ".";
    };
  }

  /** {@code REGRESSED} only if a row did. */
  private static String word(List<Item> items) {
    boolean row =
        items.stream()
            .anyMatch(
                item ->
                    item.subject() == Subject.ROW
                        && item.breaks()
                        && item.words().startsWith(RowOutcome.REGRESSED.name()));
    return row ? "REGRESSED" : "NOT AS ACCEPTED";
  }
}
