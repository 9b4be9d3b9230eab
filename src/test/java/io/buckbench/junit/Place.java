package io.buckbench.junit;

import io.qameta.allure.model.Label;
import java.util.List;
import java.util.stream.Stream;

/**
 * The place of a result in the report: <em>Behaviors</em> and <em>Suites</em> show part, then
 * group. Allure sorts by name, so rows have the number of their line in the suite.
 *
 * @param suite the suite's name
 * @param part {@link #RESULTS} or {@link #TRIALS}
 * @param group in the part
 * @param id identifies the result in its suite in every run
 */
record Place(String suite, String part, String group, String id) {
  /** What was found over all seeds. */
  static final String RESULTS = "Results";

  /** Single trials, which have no verdict. */
  static final String TRIALS = "Trials";

  /** The label with the id from which {@link StableHistory} computes Allure's. */
  static final String LABEL = "trial";

  /** A row with all its seeds. */
  static Place row(String suite, String configuration) {
    return new Place(suite, RESULTS, "Rows", "row/" + configuration);
  }

  /** A hypothesis about a suite. */
  static Place hypothesis(String suite, String hypothesis) {
    return new Place(suite, RESULTS, "Hypotheses", "findings/" + hypothesis);
  }

  /** Something about a suite as a whole. */
  static Place whole(String suite, String what) {
    return new Place(suite, RESULTS, "Whole suite", "suite/" + what);
  }

  /**
   * One trial.
   *
   * @param row the name of its row, as {@link RowName} gives it
   */
  static Place trial(String suite, String row, String configuration, long seed) {
    return new Place(suite, TRIALS, row, configuration + "/" + seed);
  }

  /** The labels that put a result here. */
  List<Label> labels() {
    return Stream.of(
            label("epic", part),
            label("feature", group),
            label("parentSuite", suite),
            label("suite", part),
            label("subSuite", group),
            label("host", "BuckBench"),
            label(LABEL, suite + "/" + id))
        .toList();
  }

  static Label label(String name, String value) {
    return new Label().setName(name).setValue(value);
  }
}
