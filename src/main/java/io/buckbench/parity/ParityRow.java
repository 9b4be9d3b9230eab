package io.buckbench.parity;

/**
 * The comparison of one quantity.
 *
 * @param caseName directory and method folder, for example {@code A/lora_qv_r4}
 * @param quantity the quantity, for example {@code logits right}
 * @param maxAbsoluteError largest difference of any element
 * @param maxRelativeError largest difference divided by the largest magnitude in its tensor
 * @param tolerance the tolerance in words
 * @param pass whether the deviation is within tolerance
 */
public record ParityRow(
    String caseName,
    String quantity,
    double maxAbsoluteError,
    double maxRelativeError,
    String tolerance,
    boolean pass) {
  static ParityRow of(String caseName, String quantity, Deviation deviation, Tolerance tolerance) {
    return new ParityRow(
        caseName,
        quantity,
        deviation.absolute(),
        deviation.relative(),
        tolerance.why(),
        tolerance.allows(deviation));
  }
}
