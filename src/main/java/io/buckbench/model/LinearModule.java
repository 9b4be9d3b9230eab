package io.buckbench.model;

/**
 * A linear module that an adapter may hook: y = x W' + b.
 *
 * @param index its index in {@link Architecture#linearModules}, by which hooks are found
 * @param path its full name in Hugging Face's model, for example {@code model.decoder.layers.0.fc1}
 * @param role what it computes
 * @param layer its decoder layer, from 0; -1 before the first layer, and the number of layers after
 *     the last
 * @param in width of x
 * @param out width of y
 * @param transposed whether its weight is stored as (in, out), as in GPT-2's {@code Conv1D},
 *     instead of (out, in)
 * @param bias whether it has a bias
 */
public record LinearModule(
    int index,
    String path,
    Role role,
    int layer,
    int in,
    int out,
    boolean transposed,
    boolean bias) {

  /** What a linear module computes. */
  public enum Role {
    QUERY,
    KEY,
    VALUE,
    /** Queries, keys and values in one product. */
    QUERY_KEY_VALUE,
    ATTENTION_OUTPUT,
    FEED_FORWARD,
    /** Between the token embedding's width and that of the layers. */
    PROJECTION,
    /** From the last layer to the logits. */
    HEAD
  }

  /** The last part of its path, as in {@code target_modules}, for example {@code fc1}. */
  public String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The name of its weight. */
  public String weight() {
    return path + ".weight";
  }

  /** The name of its bias, if it has one. */
  public String biasName() {
    return path + ".bias";
  }

  /** The stored shape of its weight. */
  public long[] weightShape() {
    return transposed ? new long[] {in, out} : new long[] {out, in};
  }
}
