package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.ScriptedOps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a decoder that is the same for every family: it looks up embeddings, prepends virtual
 * tokens, runs the layers, selects the needed rows and multiplies by the head. A family implements
 * what happens before, in and after the layers.
 *
 * <p>Activations have the shape (batch * tokens, width), so that every linear module is one fused
 * call. Only attention uses (batch, heads, tokens, head size).
 */
@SuppressWarnings("try") // scopes are used only for their close()
public abstract class Decoder {
  private final Shape shape;
  private final Precision precision;
  private final NDArray tokenEmbedding;
  private final Linear head;
  private final Map<Integer, CausalMask> causal = new HashMap<>();
  private final NDManager owner;
  private final ScriptedOps scripted;

  /**
   * @param owner owns the arrays that the decoder keeps
   */
  protected Decoder(
      Architecture architecture, Weights weights, NDManager owner, Precision precision) {
    this.shape = architecture.shape();
    this.precision = precision;
    this.tokenEmbedding = weights.get(architecture.tokenEmbedding());
    this.head = new Linear(architecture.headModule(), weights.head(architecture), null, precision);
    this.owner = owner;
    this.scripted =
        new ScriptedOps(
            owner,
            architecture.paddingIndex(),
            Math.pow(shape.headSize(), -0.5),
            architecture.attentionDropout());
  }

  /**
   * Computes the first layer's input.
   *
   * @param step owner of new arrays
   * @param embeddings (batch * tokens, embedding width), including virtual tokens; may be changed
   * @return (batch * tokens, hidden)
   */
  protected abstract NDArray enter(NDManager step, NDArray embeddings, Pass pass);

  /**
   * Computes one layer.
   *
   * @param hidden (batch * tokens, hidden)
   * @param last whether only the needed rows of the pass are computed
   * @return (batch * tokens or needed rows, hidden)
   */
  protected abstract NDArray layer(int index, NDArray hidden, Pass pass, boolean last);

  /**
   * Computes the head's input from the last layer's output.
   *
   * @param hidden (rows, hidden)
   * @return (rows, width of the head)
   */
  protected abstract NDArray leave(NDArray hidden, Pass pass);

  /** Whether to skip a layer; called for each layer of each pass. */
  protected boolean isSkipped(boolean training) {
    return false;
  }

  /** The number of latest keys that a query of a layer sees; 0, the default, for all. */
  protected int window(int layer) {
    return 0;
  }

  /**
   * What is added to attention scores besides the mask, such as ALiBi, if {@link
   * Architecture#biasesScores}.
   *
   * @param keys (batch, 1, 1, keys) positions of the keys; 0 for padding
   * @param queries (batch, 1, queries, 1) positions of the queries
   * @return (batch, heads, queries, keys) float32
   */
  protected NDArray bias(NDArray keys, NDArray queries) {
    return null;
  }

  /** Arrays that all layers of a pass share, for example rotary angles; none by default. */
  protected List<NDArray> shared(NDManager step, DecoderInput input) {
    return List.of();
  }

  /**
   * Computes the head's input from tokens.
   *
   * @param step owner of the result
   * @param needed the rows to compute; {@code null} for all
   * @param cache keys and values of earlier tokens, to which this call appends; or {@code null}
   * @return (needed rows or batch * tokens, width of the head)
   */
  final NDArray forward(
      NDManager step,
      DecoderInput input,
      NeededRows needed,
      KeyValueCache cache,
      Seams seams,
      boolean training) {
    try (Scope whole = new Scope()) {
      boolean first = cache == null || cache.isEmpty();
      Pass pass =
          new Pass(
              input,
              new ScoreMasks(this, input, needed),
              needed,
              first ? prefix(seams, training) : List.of(),
              cache,
              seams,
              training,
              shared(step, input));
      NDArray embeddings = embed(pass, first);
      NDArray hidden = enter(step, embeddings, pass);
      boolean picked = false;
      for (int i = 0; i < shape.layers(); i++) {
        boolean last = i == shape.layers() - 1;
        if (isSkipped(training)) {
          continue;
        }
        hidden = scopedLayer(i, hidden, pass, last);
        picked = last && needed != null;
      }
      // No scope closes the last layer's output.
      try (NDArray last = hidden) {
        NDArray out =
            leave(needed != null && !picked ? Ops.rows(needed.flat().array(), last) : last, pass);
        // leave() may return its argument, which is closed here, so the result needs its own
        // handle.
        NDArray result = out == last ? Ops.reshape(out, -1, out.getShape().get(1)) : out;
        Scope.keep(result).attach(step);
        return result;
      }
    }
  }

  /** Operators that DJL does not bind, for the family's layers. */
  protected final ScriptedOps scripted() {
    return scripted;
  }

  /** Attention of one layer, for the family's layers. */
  protected final Attention attention(int layer) {
    return new Attention(shape, layer, scripted, precision);
  }

  /** Finds the next token; see {@link ScriptedOps#choose}. */
  final NDArray choose(NDArray logits, NDArray wanted) {
    return scripted.choose(logits, wanted);
  }

  /**
   * @param hidden (rows, width of the head)
   * @return (rows, vocabulary), of the precision's type
   */
  final NDArray logits(NDArray hidden, Seams seams, boolean training) {
    return head.forward(hidden, seams, training);
  }

  private NDArray scopedLayer(int index, NDArray hidden, Pass pass, boolean last) {
    try (Scope handles = new Scope()) {
      NDArray out = Scope.keep(layer(index, hidden, pass, last));
      // This closes only the handle; autograd keeps what the backward pass needs.
      hidden.close();
      return out;
    }
  }

  private List<KeyValuePrefix.KeyValue> prefix(Seams seams, boolean training) {
    return seams
        .prefix()
        .map(prefix -> prefix.layers(precision.type(), training))
        .orElse(List.of());
  }

  /**
   * @param first whether the pass computes the first tokens, which virtual tokens precede
   */
  private NDArray embed(Pass pass, boolean first) {
    DecoderInput input = pass.input();
    NDArray ids = input.ids().array();
    NDArray words = Ops.as(scripted.tokens(ids, tokenEmbedding), DataType.FLOAT32);
    EmbeddingHook hook = pass.seams().embedding().orElse(null);
    if (hook != null) {
      words = hook.output(words, table -> scripted.tokens(ids, table));
    }
    VirtualTokens virtual = first ? pass.seams().virtualTokens().orElse(null) : null;
    if (virtual == null) {
      return words;
    }
    int batch = input.batch();
    int width = shape.embedding();
    int real = input.tokens() - virtual.count();
    NDArray rows = Ops.reshape(virtual.embeddings(pass.training()), 1, virtual.count(), width);
    NDArray all =
        Ops.cat(
            1,
            Ops.broadcast(rows, batch, virtual.count(), width),
            Ops.reshape(words, batch, real, width));
    return Ops.reshape(all, (long) batch * input.tokens(), width);
  }

  final int layers() {
    return shape.layers();
  }

  /** The causal mask of a window, shared by all passes. */
  final CausalMask causal(int window) {
    return causal.computeIfAbsent(window, w -> new CausalMask(owner, precision, w));
  }

  final Precision precision() {
    return precision;
  }
}
