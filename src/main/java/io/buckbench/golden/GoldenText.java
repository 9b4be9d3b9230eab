package io.buckbench.golden;

import java.util.List;

/** A comparison as plain text: changed verdicts, then all rows with their changed answers. */
public final class GoldenText {
  /** How many changed answers of a row are shown by default. */
  public static final int FLIPS_SHOWN = 10;

  private GoldenText() {}

  /** Renders a comparison with {@value #FLIPS_SHOWN} changed answers of each row. */
  public static String of(GoldenDiff diff) {
    return of(diff, FLIPS_SHOWN);
  }

  /**
   * Renders a comparison; lines end in {@code \n}.
   *
   * @param flipsShown how many changed answers of a row are shown; the others are counted
   */
  public static String of(GoldenDiff diff, int flipsShown) {
    StringBuilder text = new StringBuilder();
    text.append(diff.suite()).append(", ").append(diff.basis()).append('\n');
    text.append(
        diff.breaksPromise() ? "NOT AS ACCEPTED\n" : "as accepted, within what is allowed\n");
    diff.verdicts().forEach(v -> text.append("  ").append(v).append('\n'));
    for (RowDiff row : diff.rows()) {
      text.append(row.breaksPromise() ? "! " : "  ").append(row.sentence()).append('\n');
      flips(text, row.flips(), flipsShown);
    }
    return text.toString();
  }

  private static void flips(StringBuilder text, List<Flip> flips, int shown) {
    flips.stream().limit(shown).forEach(f -> text.append("      ").append(f).append('\n'));
    if (flips.size() > shown) {
      text.append("      ")
          .append(shown == 0 ? "answers to " : "and ")
          .append(flips.size() - shown)
          .append(shown == 0 ? " test items changed\n" : " more test items\n");
    }
  }
}
