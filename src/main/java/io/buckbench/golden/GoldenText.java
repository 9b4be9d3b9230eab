package io.buckbench.golden;

import java.util.List;

/** A comparison as plain text: what broke first, then every row, then the answers that turned. */
public final class GoldenText {
  private static final int FLIPS_SHOWN = 10;

  private GoldenText() {}

  /** Renders a comparison; lines end in {@code \n}. */
  public static String of(GoldenDiff diff) {
    StringBuilder text = new StringBuilder();
    text.append(diff.suite()).append(", ").append(diff.basis()).append('\n');
    text.append(
        diff.breaksPromise() ? "NOT AS ACCEPTED\n" : "as accepted, within what is allowed\n");
    diff.verdicts().forEach(v -> text.append("  ").append(v).append('\n'));
    for (RowDiff row : diff.rows()) {
      text.append(row.breaksPromise() ? "! " : "  ").append(row.sentence()).append('\n');
      flips(text, row.flips());
    }
    return text.toString();
  }

  private static void flips(StringBuilder text, List<Flip> flips) {
    flips.stream().limit(FLIPS_SHOWN).forEach(f -> text.append("      ").append(f).append('\n'));
    if (flips.size() > FLIPS_SHOWN) {
      text.append("      and ").append(flips.size() - FLIPS_SHOWN).append(" more rows\n");
    }
  }
}
