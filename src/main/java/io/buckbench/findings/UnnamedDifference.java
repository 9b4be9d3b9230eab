package io.buckbench.findings;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A setting in which rows differ that a hypothesis compares, although the hypothesis does not name
 * it: an effect may come from this setting instead.
 *
 * @param hypothesis the hypothesis's id
 * @param setting a column of the suite, or a key of the method files
 * @param rows the ids of the rows with each value
 */
public record UnnamedDifference(String hypothesis, String setting, Map<String, List<String>> rows) {
  /** For example {@code 0.05 (lora_r2_qv, lora_r8_qv), 0.0 (lora_r16_all)}. */
  public String values() {
    return rows.entrySet().stream()
        .map(value -> value.getKey() + " (" + String.join(", ", value.getValue()) + ")")
        .collect(Collectors.joining(", "));
  }

  /** For example {@code lora-grows: lora_dropout 0.05 (lora_r2_qv), 0.0 (lora_r16_all)}. */
  @Override
  public String toString() {
    return hypothesis + ": " + setting + " " + values();
  }
}
