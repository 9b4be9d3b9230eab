package io.buckbench.golden;

import io.buckbench.eval.Prediction;
import io.buckbench.findings.Finding;
import io.buckbench.findings.Verdict;
import io.buckbench.history.PastRow;
import io.buckbench.history.PastRun;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.Provenance;
import io.buckbench.record.RunRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of one suite on one device class: the content of a golden file.
 *
 * @param format of the file, {@value #FORMAT}; format 1 did not have the rows' declarations, and
 *     format 2 called their column {@code test_items} {@code test_rows}
 * @param suite the suite's name
 * @param deviceClass runs of one class promise equal bits
 * @param device a description of the device
 * @param threads PyTorch's intra-op threads
 * @param commit the commit of the newest run; all are of one program
 * @param versions library name to version
 * @param sha256 digests of the inputs that all rows share: data, model, prompt, tokenizer
 * @param testSets the test sets by key
 * @param rows the rows by id
 * @param verdicts {@code hypothesis} or {@code hypothesis/configuration} to verdict
 */
public record SuiteResults(
    int format,
    String suite,
    String deviceClass,
    String device,
    int threads,
    String commit,
    Map<String, String> versions,
    Map<String, String> sha256,
    Map<String, TestSet> testSets,
    Map<String, RowResults> rows,
    Map<String, String> verdicts) {
  /** The format that this code writes and reads. */
  public static final int FORMAT = 3;

  /** Libraries whose version affects the bits. */
  private static final List<String> NUMERIC = List.of("pytorch", "djl");

  /**
   * Collects the results of runs.
   *
   * @param runs at least one, of one suite and device class
   * @param findings the findings on them; those on other suites, or that do not repeat, are left
   *     out
   * @throws InvalidInputException if the runs mix suites or device classes
   */
  public static SuiteResults of(List<RunRecord> runs, List<Finding> findings) {
    if (runs.isEmpty()) {
      throw new InvalidInputException("results", "no runs", "at least one", "run the suite first");
    }
    RunRecord first = runs.get(0);
    Provenance provenance = first.provenance();
    requireOne("suite", runs.stream().map(RunRecord::suite).distinct().toList());
    requireOne(
        "device class", runs.stream().map(r -> r.provenance().deviceClass()).distinct().toList());
    Map<String, String> shared = shared(runs);
    Map<String, TestSet> testSets = new LinkedHashMap<>();
    Map<String, RowResults> rows = new LinkedHashMap<>();
    RunRecord.byConfiguration(runs)
        .forEach((id, records) -> rows.put(id, row(id, records, shared, testSets)));
    Map<String, String> verdicts = new LinkedHashMap<>();
    findings.stream()
        .filter(f -> f.suite().equals(first.suite()) && f.repeats())
        .forEach(f -> verdicts.put(f.key(), f.verdict().name()));
    return new SuiteResults(
        FORMAT,
        first.suite(),
        provenance.deviceClass(),
        provenance.device(),
        provenance.threads(),
        Provenance.newest(runs).orElseThrow().commit(),
        provenance.versions(),
        shared,
        testSets,
        rows,
        verdicts);
  }

  private static void requireOne(String what, List<String> values) {
    if (values.size() != 1) {
      throw new InvalidInputException(
          "results",
          values.size() + " of " + what + ": " + String.join(", ", values),
          "runs of one " + what,
          "collect the results of each separately");
    }
  }

  private static Map<String, String> shared(List<RunRecord> runs) {
    Map<String, String> shared = new LinkedHashMap<>(runs.get(0).provenance().sha256());
    runs.forEach(r -> shared.entrySet().retainAll(r.provenance().sha256().entrySet()));
    return shared;
  }

  private static RowResults row(
      String id, List<RunRecord> records, Map<String, String> shared, Map<String, TestSet> sets) {
    RunRecord first = records.get(0);
    Map<String, String> own = new LinkedHashMap<>(first.provenance().sha256());
    own.entrySet().removeAll(shared.entrySet());
    String testSet = "";
    double right = 0;
    for (RunRecord record : records) {
      if (!record.predictions().isEmpty()) {
        TestSet set = TestSet.of(record.predictions());
        testSet = set.key();
        sets.put(testSet, set);
        double correct = record.predictions().stream().filter(Prediction::correct).count();
        right += correct / record.predictions().size();
      }
    }
    return new RowResults(
        id,
        RowResults.percent(right / records.size()),
        testSet,
        first.declared().settings(),
        own,
        records.stream().map(TrialResults::of).toList());
  }

  /**
   * These results as a past run, for a history that is younger. The dollars spent, the date and the
   * intervals are not known.
   */
  PastRun pastRun() {
    Map<String, PastRow> past = new LinkedHashMap<>();
    for (RowResults row : rows.values()) {
      TestSet items = testSets.get(row.testSet());
      int learned = (int) row.trials().stream().filter(trial -> trial.learned(items)).count();
      String budget = row.declared().get("usd");
      past.put(
          row.configuration(),
          new PastRow(
              row.trials().size(),
              learned,
              row.accuracyPercent(),
              null,
              null,
              null,
              budget == null ? null : new BigDecimal(budget)));
    }
    return new PastRun(
        "", commit, false, deviceClass, "accepted before there was a history", past, verdicts);
  }

  /** The accepted verdict on a finding's hypothesis and row, if there is one. */
  public Optional<Verdict> accepted(Finding finding) {
    return Optional.ofNullable(verdicts.get(finding.key())).map(Verdict::valueOf);
  }

  /**
   * The reasons why the bits of other results may differ from these; empty if device class, threads
   * and numeric libraries are the same, which promises equal bits.
   */
  List<String> whyBitsMayDiffer(SuiteResults other) {
    List<String> reasons = new ArrayList<>();
    addIfChanged(reasons, "device class", deviceClass, other.deviceClass);
    addIfChanged(reasons, "threads", threads + "", other.threads + "");
    for (String library : NUMERIC) {
      addIfChanged(reasons, library, version(library), other.version(library));
    }
    return reasons;
  }

  private static void addIfChanged(List<String> reasons, String what, String was, String is) {
    if (!was.equals(is)) {
      reasons.add(what + " " + was + " -> " + is);
    }
  }

  private String version(String library) {
    return versions.entrySet().stream()
        .filter(version -> version.getKey().equalsIgnoreCase(library))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("unknown");
  }

  /** The first 12 digits of the commit. */
  String shortCommit() {
    return commit.substring(0, Math.min(12, commit.length()));
  }

  /** Whether these results have a trial. */
  public boolean contains(String configuration, long seed) {
    return rows.containsKey(configuration) && rows.get(configuration).contains(seed);
  }

  /** The digests of all inputs of a row, both its own and the shared ones. */
  Map<String, String> inputs(RowResults row) {
    Map<String, String> inputs = new LinkedHashMap<>(sha256);
    inputs.putAll(row.sha256());
    return inputs;
  }
}
