package io.buckbench.budget;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * How fast a kind of trial goes on a device, as it was once measured; a row of {@code
 * benchmarks/throughput.csv}. Under the planned clock this turns dollars into steps.
 *
 * @param id unique, never reused
 * @param date when it was measured
 * @param device what it was measured on
 * @param model id of the model
 * @param method what it holds for, parted by commas: a family of methods, or one variant of it,
 *     such as {@code lora r8_qv}
 * @param batch the shape of an optimiser step, for example {@code 16 x 96 tokens}
 * @param secondsPerStep one optimiser step, everything included; above 0
 * @param loadSeconds reading the model and preparing the data, once a trial
 * @param secondsPerTestRow generating and scoring one test row
 * @param source how it was measured
 * @param supersedes the row this one replaces, or the empty string
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
    BigDecimal secondsPerTestRow,
    String source,
    String supersedes) {

  /**
   * Whether it was measured on such a training.
   *
   * @param variant of the method; a row that names none holds for all of the method's
   * @param rows of an optimiser step; the batch's first number must say as many
   */
  boolean covers(String onDevice, String ofModel, String byMethod, String variant, int rows) {
    List<String> methods = List.of(method.split(", *"));
    return device.equals(onDevice)
        && model.equals(ofModel)
        && (methods.contains(byMethod) || methods.contains(byMethod + " " + variant))
        && batch.matches(rows + "( .*)?");
  }

  /** Predicted time to evaluate so many test rows. */
  public BigDecimal evaluateSeconds(int testRows) {
    return secondsPerTestRow.multiply(BigDecimal.valueOf(testRows));
  }
}
