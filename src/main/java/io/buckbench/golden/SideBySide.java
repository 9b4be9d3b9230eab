package io.buckbench.golden;

import io.buckbench.input.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Any two sets of results held against each other: run stores, golden files, or one of each. */
public final class SideBySide {
  private SideBySide() {}

  /**
   * Compares the suites that both sides hold. Verdicts are compared where both sides were judged.
   *
   * @param first takes the place of what was accepted
   * @param onlyCommon whether trials that are on one side only are passed over instead of missed
   * @throws InvalidInputException if no suite is on both sides
   */
  public static List<GoldenDiff> compare(
      ResultSource first, ResultSource second, boolean onlyCommon) {
    List<GoldenDiff> diffs = new ArrayList<>();
    for (SuiteResults a : first.suites()) {
      for (SuiteResults b : second.suites()) {
        if (a.suite().equals(b.suite())) {
          diffs.add(onlyCommon ? GoldenDiff.compareSelected(a, b, b::holds) : whole(a, b));
        }
      }
    }
    if (diffs.isEmpty()) {
      throw new InvalidInputException(
          "compare",
          "suites " + first.names() + " and " + second.names(),
          "a suite on both sides",
          "compare results of the same suite");
    }
    return diffs;
  }

  private static GoldenDiff whole(SuiteResults a, SuiteResults b) {
    boolean judged = !a.verdicts().isEmpty() && !b.verdicts().isEmpty();
    return judged
        ? GoldenDiff.compare(a, b)
        : GoldenDiff.compare(a.judged(Map.of()), b.judged(Map.of()));
  }
}
