package io.buckbench.findings;

import io.buckbench.input.CsvRow;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of claim. To add one, write its rule and add a line to {@link #ALL}.
 *
 * @param id the name in the column {@code claim}
 * @param upper whether the margin bounds the statistic from above, so that a larger one is easier
 *     to keep
 * @param required the columns that a hypothesis of this kind must fill in
 * @param rule computes one verdict for each subject row, or one for all of them; only called if
 *     subject rows were run
 */
record Claim(
    String id,
    boolean upper,
    List<String> required,
    Function<Comparison, List<ProvisionalVerdict>> rule) {
  private static final List<String> SUBJECT = List.of("subject");
  private static final List<String> PAIR = List.of("subject", "reference");

  /** Every kind of claim. */
  static final List<Claim> ALL =
      List.of(
          new Claim("beats", false, PAIR, Differences::beats),
          new Claim("none-beats", true, PAIR, Differences::noneBeats),
          new Claim("at-least", false, SUBJECT, Bounds::atLeast),
          new Claim("at-most", true, SUBJECT, Bounds::atMost),
          new Claim("none-above", true, SUBJECT, Bounds::noneAbove),
          new Claim("stays-near", true, PAIR, Differences::staysNear),
          new Claim("mean-beats", false, PAIR, MeanBeats::judge),
          new Claim(
              "best-of-family-beats",
              false,
              List.of("subject", "reference", "by"),
              BestOfFamilyBeats::judge),
          new Claim("increases-with", false, List.of("subject", "by"), IncreasesWith::judge));

  /** Notes the required columns that a row leaves empty. */
  void check(CsvRow row) {
    required.forEach(row::required);
  }
}
