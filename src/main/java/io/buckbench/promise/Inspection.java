package io.buckbench.promise;

/**
 * What can be seen of a model only while it is in memory.
 *
 * @param baseUnchanged whether the base weights are bit-equal to those that were loaded; true where
 *     the method trains them
 * @param leakedArrays arrays still alive after the work that were not there before it
 * @param nonFiniteParameters how many numbers of base model and adapter are not finite
 * @param firstNonFinite the name of the first parameter that holds one, or the empty string
 * @param nonFiniteAnswers how many answers were chosen by logits that are not all finite
 */
public record Inspection(
    boolean baseUnchanged,
    long leakedArrays,
    long nonFiniteParameters,
    String firstNonFinite,
    long nonFiniteAnswers) {
  /** Of work that no model took part in, or that ended before the model was looked at. */
  public static final Inspection NONE = new Inspection(true, 0, 0, "", 0);

  /** The same after everything was closed. */
  Inspection leaking(long arrays) {
    return new Inspection(
        baseUnchanged, arrays, nonFiniteParameters, firstNonFinite, nonFiniteAnswers);
  }
}
