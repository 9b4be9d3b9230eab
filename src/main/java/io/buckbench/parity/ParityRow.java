package io.buckbench.parity;

/**
 * One quantity compared.
 *
 * @param caseName directory and method folder, for example {@code A/lora_qv_r4}
 * @param quantity what was compared, for example {@code logits right}
 * @param maxAbsoluteError largest difference of any element
 * @param maxRelativeError largest difference over the largest magnitude of its tensor
 * @param tolerance what was allowed, in words
 * @param pass whether it was kept
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
