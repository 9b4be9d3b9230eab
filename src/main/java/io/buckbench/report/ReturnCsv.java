package io.buckbench.report;

import io.buckbench.files.CsvText;
import io.buckbench.statistics.Interval;
import java.util.List;

/** Accuracies and their costs as CSV with all digits; shares are from 0 to 1. */
final class ReturnCsv {
  private ReturnCsv() {}

  static String of(ReturnOnADollar returns) {
    CsvText csv =
        CsvText.forSpreadsheets(
            "table,configuration,training,method,price_card,seconds_from,steps,usd,accuracy,"
                + "accuracy_low,accuracy_high,on_front");
    rows(csv, "measured", returns.measured());
    rows(csv, "by-card", returns.byCard());
    return csv.toString();
  }

  private static void rows(CsvText csv, String table, List<PricedConfiguration> all) {
    List<PricedConfiguration> front = ReturnOnADollar.front(all);
    for (PricedConfiguration priced : all) {
      Interval a = priced.paid().accuracy();
      csv.row(
          table,
          priced.configuration().configuration(),
          priced.training(),
          priced.configuration().declared().method(),
          priced.paid().priceCard(),
          priced.secondsFrom(),
          priced.configuration().steps(),
          priced.paid().usd().toPlainString(),
          a.estimate(),
          a.low(),
          a.high(),
          front.contains(priced));
    }
  }
}
