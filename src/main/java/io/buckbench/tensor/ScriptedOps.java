package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** Differentiable operators that DJL does not bind, with one model's constants. */
public final class ScriptedOps {
  private final TorchScript script;
  private final double dropout;

  /**
   * @param owner frees the functions when it is closed
   * @param paddingIndex the row of the token table that gets no gradient from look-ups, as by
   *     {@code torch.nn.Embedding}'s {@code padding_idx}; -1 for none
   * @param scale factor of attention scores
   * @param dropout on attention probabilities, in training
   */
  public ScriptedOps(NDManager owner, int paddingIndex, double scale, double dropout) {
    this.dropout = dropout;
    script =
        new TorchScript(
            owner,
            """
            def tokens(self, index: Tensor, table: Tensor) -> Tensor:
              return torch.embedding(table, index, PADDING)
            def attention(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
              return torch.scaled_dot_product_attention(query, key, value, mask, 0., False, \
            scale=SCALE)
            def dropping(self, query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
              return torch.scaled_dot_product_attention(query, key, value, mask, DROPOUT, False, \
            scale=SCALE)
            def relu(self, x: Tensor) -> Tensor:
              return torch.relu_(x)
            def choose(self, logits: Tensor) -> Tensor:
              wide = torch.to(logits, 6)
              best = torch.to(torch.argmax(wide, -1, True), 6)
              return torch.cat([best, torch.sum(wide, [-1], True)], 1)
            def choose_and_score(self, logits: Tensor, wanted: Tensor) -> Tensor:
              wide = torch.to(logits, 6)
              best = torch.to(torch.argmax(wide, -1, True), 6)
              scores = torch.gather(torch.log_softmax(wide, -1), 1, wanted)
              return torch.cat([best, torch.sum(wide, [-1], True), scores], 1)
            """
                .replace("PADDING", Integer.toString(paddingIndex))
                .replace("SCALE", Double.toString(scale))
                .replace("DROPOUT", Double.toString(dropout)));
  }

  /**
   * Looks up token embeddings.
   *
   * @param index (tokens) int64
   * @param table (vocabulary, width)
   * @return (tokens, width); it belongs to the index's manager
   */
  public NDArray tokens(NDArray index, NDArray table) {
    return script.call("tokens", List.of(index, table), List.of());
  }

  /**
   * {@code torch.nn.functional.scaled_dot_product_attention}, which keeps no score matrix for the
   * backward pass unless it drops out. On a GPU its backward pass is deterministic only under
   * {@link PyTorchFlags#DETERMINISTIC}.
   *
   * @param query (batch, heads, queries, head size)
   * @param key (batch, heads, keys, head size)
   * @param value (batch, heads, keys, head size)
   * @param mask (batch or 1, 1, queries, keys) added to the scaled scores; finite, so that a query
   *     that sees no key gets no NaN. The gradient of such a query is wrong (rounding absorbs the
   *     logarithm of its softmax's sum), so no loss may depend on it
   * @return (batch, heads, queries, head size)
   */
  public NDArray attention(
      NDArray query, NDArray key, NDArray value, NDArray mask, boolean training) {
    String function = training && dropout > 0 ? "dropping" : "attention";
    return script.call(function, List.of(query, key, value, mask), List.of());
  }

  /** max(x, 0) in place, if autograd does not need the value of x. Returns another handle of x. */
  public NDArray reluInPlace(NDArray x) {
    return script.call("relu", List.of(x), List.of());
  }

  /**
   * Finds the most likely token of each row, in one array, so that a GPU is read once.
   *
   * @param logits (rows, vocabulary)
   * @param wanted (rows, n) int64 tokens whose log-probabilities are returned; null for none
   * @return (rows, 2 + n) float32: the most likely token, the first one if equal; the sum of the
   *     logits, which is finite if they are; and the log-probabilities
   */
  public NDArray choose(NDArray logits, NDArray wanted) {
    return wanted == null
        ? script.call("choose", List.of(logits), List.of())
        : script.call("choose_and_score", List.of(logits, wanted), List.of());
  }
}
