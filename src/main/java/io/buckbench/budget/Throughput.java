package io.buckbench.budget;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The measured speed of a kind of trial on a device; a row of {@code benchmarks/throughput.csv}.
 * The planned clock uses it to convert dollars to steps.
 *
 * @param id unique, never reused
 * @param date when it was measured
 * @param device the device it was measured on
 * @param model the id of the model
 * @param method what it applies to, separated by commas: methods, or single variants of a method,
 *     such as {@code lora r8_qv}
 * @param batch the shape of an optimiser step, for example {@code 16 x 96 tokens}
 * @param secondsPerStep time of one optimiser step, everything included; above 0
 * @param loadSeconds time to load the model and prepare the data, once per trial
 * @param secondsPerTestItem time to generate and score the answer to one test item
 * @param source how it was measured
 * @param supersedes the row this one replaces, or the empty string
 * @param origin the calibration; empty if it was noted in another way
 */
public record Throughput(
    String id,
    LocalDate date,
    String device,
    String model,
    String method,
    String batch,
    BigDecimal secondsPerStep,
    BigDecimal loadSeconds,
    BigDecimal secondsPerTestItem,
    String source,
    String supersedes,
    Optional<SpeedOrigin> origin) {

  /**
   * Whether it was measured on such a training.
   *
   * @param variant the variant of the method; a row without a variant applies to all of them
   * @param rows the training rows of an optimiser step, which is the first number of {@code batch}
   */
  boolean covers(String onDevice, String ofModel, String byMethod, String variant, int rows) {
    List<String> methods = List.of(method.split(", *"));
    return device.equals(onDevice)
        && model.equals(ofModel)
        && (methods.contains(byMethod) || methods.contains(byMethod + " " + variant))
        && batch.matches(rows + "( .*)?");
  }

  /** The calibration, or the date and device of a speed that was noted in another way. */
  String originWords() {
    return origin
        .map(SpeedOrigin::toString)
        .orElse("a note of " + date + " on " + device + ", without a calibration");
  }

  /** Predicted time to evaluate a number of test items. */
  public BigDecimal evaluateSeconds(int testItems) {
    return secondsPerTestItem.multiply(BigDecimal.valueOf(testItems));
  }
}
