package io.buckbench.eval;

import io.buckbench.data.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Invented answers to test items. */
public final class AnswerSheets {
  private AnswerSheets() {}

  /** An answer to a yes/no question. */
  public static Prediction yesNo(
      String id,
      String level,
      boolean wanted,
      String generated,
      double logProbYes,
      double logProbNo) {
    return Prediction.of(
        id, level, Answers.YES_NO, wanted ? 0 : 1, generated, List.of(logProbYes, logProbNo));
  }

  /** The confusion table of yes/no questions. */
  public static AnswerCounts counts(
      int yesOnYes, int noOnYes, int otherOnYes, int yesOnNo, int noOnNo, int otherOnNo) {
    return new AnswerCounts(
        Answers.YES_NO,
        List.of(List.of(yesOnYes, noOnYes, otherOnYes), List.of(yesOnNo, noOnNo, otherOnNo)));
  }

  /** One answer to a yes/no question; the likelihoods agree with it. */
  public static Prediction row(int i, boolean wanted, String generated) {
    double yes =
        switch (Answers.YES_NO.of(generated)) {
          case 0 -> -0.2;
          case 1 -> -1.8;
          default -> -1;
        };
    return yesNo("row-" + i, "", wanted, generated, yes, -2 - yes);
  }

  /** Answers with exactly these counts. */
  public static List<Prediction> of(AnswerCounts counts) {
    Answers answers = counts.answers();
    List<Prediction> rows = new ArrayList<>();
    for (int wanted = 0; wanted < answers.size(); wanted++) {
      for (int given = 0; given <= answers.size(); given++) {
        for (int i = 0; i < counts.count(wanted, given); i++) {
          rows.add(row(answers, rows.size(), wanted, given));
        }
      }
    }
    return rows;
  }

  /** One answer whose likelihoods agree with it; the index after the last is another text. */
  private static Prediction row(Answers answers, int i, int wanted, int given) {
    String text = given == answers.size() ? "###" : answers.word(given);
    if (answers.equals(Answers.YES_NO)) {
      return row(i, wanted == 0, text);
    }
    List<Double> logProbs = new ArrayList<>();
    for (int answer = 0; answer < answers.size(); answer++) {
      logProbs.add(answer == given ? -0.2 : -2.0);
    }
    return Prediction.of("row-" + i, "", answers, wanted, text, logProbs);
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
