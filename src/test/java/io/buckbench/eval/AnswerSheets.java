package io.buckbench.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Invented answers to test items. */
public final class AnswerSheets {
  private AnswerSheets() {}

  /** One answer; the likelihoods agree with it. */
  public static Prediction row(int i, boolean wanted, String generated) {
    double yes =
        switch (Answer.of(generated)) {
          case YES -> -0.2;
          case NO -> -1.8;
          case OTHER -> -1;
        };
    return new Prediction("row-" + i, "", wanted, generated, yes, -2 - yes);
  }

  /** Answers with exactly these counts. */
  public static List<Prediction> of(AnswerCounts c) {
    List<Prediction> rows = new ArrayList<>();
    add(rows, c.yesOnYes(), true, "yes");
    add(rows, c.noOnYes(), true, "no");
    add(rows, c.otherOnYes(), true, "###");
    add(rows, c.yesOnNo(), false, "yes");
    add(rows, c.noOnNo(), false, "no");
    add(rows, c.otherOnNo(), false, "###");
    return rows;
  }

  private static void add(List<Prediction> rows, int times, boolean wanted, String generated) {
    for (int i = 0; i < times; i++) {
      rows.add(row(rows.size(), wanted, generated));
    }
  }

  /** Answers to items of which 62 % are yes; each is right with the given probability. */
  public static List<Prediction> random(int items, double chanceRight, SplittableRandom random) {
    List<Prediction> sheet = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      boolean wanted = i % 50 < 31;
      boolean right = random.nextDouble() < chanceRight;
      sheet.add(row(i, wanted, right == wanted ? "yes" : "no"));
    }
    return sheet;
  }

  /** Several trials on the same items. */
  public static Trials trials(int seeds, int items, double chanceRight, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Prediction>> sheets = new ArrayList<>();
    for (int s = 0; s < seeds; s++) {
      sheets.add(random(items, chanceRight, random));
    }
    return Trials.of(sheets);
  }
}
