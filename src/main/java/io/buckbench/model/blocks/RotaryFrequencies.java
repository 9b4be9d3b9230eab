package io.buckbench.model.blocks;

/**
 * The angle by which rotary positions turn each pair of features per position (Su et al. 2021,
 * arXiv:2104.09864, section 3.2.2), in float32 as Transformers computes it.
 *
 * @param theta the base
 * @param features features of a head that are to be rotated; with an odd number one more is
 * @param scaling how the frequencies are changed for longer texts
 */
public record RotaryFrequencies(double theta, int features, Scaling scaling) {
  /** How frequencies are changed for longer texts than those of the pre-training. */
  public sealed interface Scaling {
    /** Not at all. */
    record None() implements Scaling {}

    /**
     * All are divided by a factor.
     *
     * @param factor at least 1
     */
    record Linear(double factor) implements Scaling {}

    /**
     * Llama 3.1's: low frequencies are divided by a factor, high ones are kept, and those between
     * are interpolated (Transformers' {@code _compute_llama3_parameters}).
     *
     * @param factor at least 1
     * @param low a wave longer than {@code original / low} has a low frequency
     * @param high a wave shorter than {@code original / high} has a high frequency
     * @param original longest text of the pre-training
     */
    record Llama3(double factor, double low, double high, double original) implements Scaling {}
  }

  /** The rotated features of a head: an even number. */
  int rotated() {
    return features + features % 2;
  }

  /** One frequency for each pair of features. */
  float[] values() {
    float[] values = new float[(features + 1) / 2];
    for (int i = 0; i < values.length; i++) {
      float power = (float) Math.pow((float) theta, 2f * i / features);
      values[i] = scaled(1f / power);
    }
    return values;
  }

  private float scaled(float frequency) {
    if (scaling instanceof Scaling.Linear linear) {
      return frequency / (float) linear.factor();
    }
    if (!(scaling instanceof Scaling.Llama3 llama)) {
      return frequency;
    }
    double wave = 2 * Math.PI / frequency;
    if (wave < llama.original() / llama.high()) {
      return frequency;
    }
    float slow = frequency / (float) llama.factor();
    if (wave > llama.original() / llama.low()) {
      return slow;
    }
    float smooth = (float) ((llama.original() / wave - llama.low()) / (llama.high() - llama.low()));
    return (1 - smooth) * slow + smooth * frequency;
  }
}
