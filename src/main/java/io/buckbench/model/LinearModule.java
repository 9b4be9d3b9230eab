package io.buckbench.model;

/**
 * A linear module that an adapter may hook: y = x W' + b.
 *
 * @param index its place in {@link Architecture#linearModules}, by which hooks are found
 * @param path its full name in Hugging Face's model, for example {@code model.decoder.layers.0.fc1}
 * @param role what it computes
 * @param layer its decoder layer, from 0
 * @param in width of x
 * @param out width of y
 * @param transposed whether its weight is stored as (in, out), as GPT-2's {@code Conv1D} is, and
 *     not as (out, in)
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

  /** What a linear module computes, as far as others need to know. */
  public enum Role {
    QUERY,
    KEY,
    VALUE,
    /** Queries, keys and values in one product. */
    QUERY_KEY_VALUE,
    ATTENTION_OUTPUT,
    FEED_FORWARD
  }

  /** Its own name, as {@code target_modules} spells it, for example {@code fc1}. */
  public String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The name of its weight. */
  public String weight() {
    return path + ".weight";
  }

  /** The name of its bias, where it has one. */
  public String biasName() {
    return path + ".bias";
  }

  /** The shape in which its weight is stored. */
  public long[] weightShape() {
    return transposed ? new long[] {in, out} : new long[] {out, in};
  }
}
