package io.buckbench.model.blocks;

import io.buckbench.model.LinearModule.Role;
import io.buckbench.model.WeightSpec.Start;

/**
 * A norm or linear module of a layer.
 *
 * @param use what it computes
 * @param path its name below the layer, for example {@code self_attn.q_proj}
 * @param bias whether it has a bias
 * @param start initial values of its weight
 */
public record Part(Use use, String path, boolean bias, Start start) {
  /** What a part computes. */
  public enum Use {
    ATTENTION_NORM(null),
    QUERY(Role.QUERY),
    KEY(Role.KEY),
    VALUE(Role.VALUE),
    /** Queries, keys and values in one product. */
    FUSED(Role.QUERY_KEY_VALUE),
    /** A norm of each head's queries. */
    QUERY_NORM(null),
    /** A norm of each head's keys. */
    KEY_NORM(null),
    OUTPUT(Role.ATTENTION_OUTPUT),
    FEED_FORWARD_NORM(null),
    /** In a gated feed-forward block, the product that the activation function follows. */
    GATE(Role.FEED_FORWARD),
    UP(Role.FEED_FORWARD),
    DOWN(Role.FEED_FORWARD);

    private final Role role;

    Use(Role role) {
      this.role = role;
    }

    /** The role of a linear module; {@code null} for a norm. */
    Role role() {
      return role;
    }
  }

  /** A layer norm, or a root-mean-square norm if it has no bias. */
  public static Part norm(Use use, String path, boolean bias) {
    return new Part(use, path, bias, Start.ONES);
  }

  /** A linear module with normal initial weights. */
  public static Part linear(Use use, String path, boolean bias) {
    return new Part(use, path, bias, Start.NORMAL);
  }

  /** A linear module whose initial weights are smaller in a deeper model, as in GPT-2. */
  public static Part residual(Use use, String path, boolean bias) {
    return new Part(use, path, bias, Start.NORMAL_BY_DEPTH);
  }

  boolean isNorm() {
    return use.role == null;
  }
}
