package io.buckbench.report;

import io.buckbench.eval.Interval;
import io.buckbench.files.CsvText;
import java.util.List;

/** Accuracies and what they cost as CSV, every digit kept; shares from 0 to 1. */
final class ReturnCsv {
  private ReturnCsv() {}

  static String of(ReturnOnADollar returns) {
    CsvText csv =
        new CsvText(
            List.of(
                "table",
                "configuration",
                "training",
                "method",
                "price_card",
                "seconds_from",
                "steps",
                "usd",
                "accuracy",
                "accuracy_low",
                "accuracy_high",
                "on_front"));
    rows(csv, "measured", returns.measured());
    rows(csv, "by-card", returns.byCard());
    return csv.toString();
  }

  private static void rows(CsvText csv, String table, List<PaidWay> ways) {
    List<PaidWay> front = ReturnOnADollar.front(ways);
    for (PaidWay way : ways) {
      Interval a = way.paid().accuracy();
      csv.row(
          table,
          way.configuration().configuration(),
          way.training(),
          way.configuration().declared().method(),
          way.paid().priceCard(),
          way.secondsFrom(),
          way.configuration().steps(),
          way.paid().usd().toPlainString(),
          a.estimate(),
          a.low(),
          a.high(),
          front.contains(way));
    }
  }
}
