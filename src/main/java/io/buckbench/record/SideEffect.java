package io.buckbench.record;

import java.util.function.ToDoubleFunction;

/** The numbers of {@link SideEffects}, under the names that tables use. */
public enum SideEffect {
  /** What was forgotten: 1 is nothing, more is worse. */
  PERPLEXITY_RATIO(
      "perplexity-ratio",
      "perplexity after / before",
      "times",
      true,
      seen -> seen.perplexityAfter() / seen.perplexityBefore()),
  /** Before the training. */
  PERPLEXITY_BEFORE(
      "perplexity-before", "perplexity before", "units", true, SideEffects::perplexityBefore),
  /** After the training. */
  PERPLEXITY_AFTER(
      "perplexity-after", "perplexity after", "units", true, SideEffects::perplexityAfter),
  /** With the adapter as it was trained. */
  ANSWER_MILLIS("answer-ms", "ms an answer", "ms", false, SideEffects::answerMillis),
  /** With the adapter merged into the base weights. */
  MERGED_ANSWER_MILLIS(
      "merged-answer-ms", "ms an answer, merged", "ms", false, SideEffects::mergedAnswerMillis),
  /** On disk; NaN if no adapter was written. */
  ADAPTER_BYTES(
      "adapter-bytes", "adapter bytes", "bytes", true, seen -> known(seen.adapterBytes())),
  /** Of the process. */
  PEAK_BYTES("peak-bytes", "peak bytes", "bytes", false, seen -> known(seen.peakBytes()));

  private final String id;
  private final String words;
  private final String unit;
  private final boolean repeats;
  private final ToDoubleFunction<SideEffects> value;

  SideEffect(
      String id, String words, String unit, boolean repeats, ToDoubleFunction<SideEffects> value) {
    this.id = id;
    this.words = words;
    this.unit = unit;
    this.repeats = repeats;
    this.value = value;
  }

  /** The name in CSV files, with hyphens. */
  public String id() {
    return id;
  }

  /** The name in tables for people. */
  public String words() {
    return words;
  }

  /** The unit of the number. */
  public String unit() {
    return unit;
  }

  /**
   * Whether a repeated run gives the same number; times and memory depend on the machine's load.
   */
  public boolean repeats() {
    return repeats;
  }

  /** The number; NaN if it was not measured or does not exist. */
  public double of(SideEffects seen) {
    return value.applyAsDouble(seen);
  }

  private static double known(long bytes) {
    return bytes == 0 ? Double.NaN : bytes;
  }
}
