package io.buckbench.promise;

/**
 * What can be observed only while a model is in memory.
 *
 * @param baseUnchanged whether the base weights are bit-equal to the loaded ones; true if the
 *     method trains them
 * @param leakedArrays the number of arrays that are alive after the work but were not before it
 * @param nonFiniteParameters how many numbers of base model and adapter are not finite
 * @param firstNonFinite the name of the first parameter with a number that is not finite, or empty
 * @param nonFiniteAnswers how many answers were chosen from logits that are not all finite
 */
public record Inspection(
    boolean baseUnchanged,
    long leakedArrays,
    long nonFiniteParameters,
    String firstNonFinite,
    long nonFiniteAnswers) {
  /** For work without a model, or work that ended before the inspection. */
  public static final Inspection NONE = new Inspection(true, 0, 0, "", 0);

  /** The same inspection with the number of arrays that are alive after everything was closed. */
  Inspection leaking(long arrays) {
    return new Inspection(
        baseUnchanged, arrays, nonFiniteParameters, firstNonFinite, nonFiniteAnswers);
  }
}
