package io.buckbench.junit;

import io.buckbench.eval.Prediction;
import io.buckbench.files.CsvText;
import io.buckbench.record.RunRecord;
import io.buckbench.report.TrialCsv;
import io.buckbench.train.StepMetric;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The files that a trial's page has: CSV for readers with four significant digits, and everything
 * with all digits in one archive.
 */
final class TrialFiles {
  /** The first time that a ZIP archive can name; the same files give the same bytes. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private TrialFiles() {}

  /** The declared settings, and the flags and digests of the run. */
  static String settings(RunRecord run) {
    CsvText csv = CsvText.forSpreadsheets("setting,value");
    run.declared().columns().forEach(csv::row);
    run.provenance().pytorchFlags().forEach((flag, on) -> csv.row("flag " + flag, on));
    run.provenance().sha256().forEach((input, digest) -> csv.row("sha256 " + input, digest));
    return csv.toString();
  }

  /** The training steps. */
  static String metrics(RunRecord run) {
    CsvText csv = CsvText.forSpreadsheets("step,loss,learning_rate,gradient_norm,seconds");
    for (StepMetric s : run.steps()) {
      csv.row(
          s.step(),
          rounded(s.loss()),
          rounded(s.learningRate()),
          rounded(s.gradientNorm()),
          rounded(s.seconds()));
    }
    return csv.toString();
  }

  /**
   * The answers, wrong ones first, otherwise in the order of the data set. A generated text that is
   * only the answer is left out, because these tables are most of a report's bytes.
   */
  static String predictions(RunRecord run) {
    List<String> header = new ArrayList<>(List.of("id", "level", "wanted", "answer", "generated"));
    run.data().answers().words().forEach(word -> header.add("log_prob_" + word));
    CsvText csv = CsvText.forSpreadsheets(header);
    run.predictions().stream()
        .sorted(Comparator.comparing(Prediction::correct))
        .forEach(
            p -> {
              List<Object> row =
                  new ArrayList<>(
                      List.of(
                          p.id(),
                          p.level(),
                          TrialPage.wanted(p),
                          TrialPage.answer(p),
                          p.generated().strip().equals(TrialPage.answer(p)) ? "" : p.generated()));
              p.logProbs().forEach(value -> row.add(rounded(value)));
              csv.row(row);
            });
    return csv.toString();
  }

  /** The same tables with all digits, as a ZIP archive. */
  static byte[] allDigits(RunRecord run) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("metrics.csv", TrialCsv.metrics(run));
    files.put("ledger.csv", TrialCsv.ledger(run));
    files.put("predictions.csv", TrialCsv.predictions(run));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** A number with four significant digits; NaN and infinities as Java writes them. */
  static String rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toString()
        : Double.toString(value);
  }
}
