package io.buckbench.record;

/**
 * What a training changed besides its answers, and what its adapter needs. Perplexities repeat like
 * answers; times and memory are those of the machine and its load, and never part of a comparison
 * of bits.
 *
 * @param perplexityBefore perplexity of the base model on held-out text of the kind that it was
 *     trained on; NaN without a model
 * @param perplexityAfter perplexity of the trained model, adapter included, on the same text
 * @param answerMillis milliseconds an answer, in the batches that the suite declares; NaN if not
 *     measured
 * @param mergedAnswerMillis the same with the adapter merged into the base weights; NaN if it
 *     cannot be merged
 * @param adapterBytes size of the written adapter on disk
 * @param peakBytes peak of the process's resident memory until the end of the evaluation, native
 *     arrays included but not a GPU's memory; 0 if unknown
 */
public record SideEffects(
    double perplexityBefore,
    double perplexityAfter,
    double answerMillis,
    double mergedAnswerMillis,
    long adapterBytes,
    long peakBytes) {
  /** Nothing was measured. */
  public static final SideEffects NONE =
      new SideEffects(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0);
}
