package io.buckbench.findings;

import io.buckbench.input.CsvRow;
import java.util.List;

/** A kind of claim: one class, one line in {@link Claims}. */
interface Claim {
  /** The name in the column {@code claim}. */
  String id();

  /** Notes which required values a row of this kind lacks. */
  default void check(CsvRow row) {
    row.required("subject");
  }

  /**
   * Judges the claim; only called where its subject rows were run.
   *
   * @param comparison hypothesis and evidence, with the arithmetic that claims share
   * @return one verdict for each row it is about, or one for all
   */
  List<ProvisionalVerdict> judge(Comparison comparison);
}
