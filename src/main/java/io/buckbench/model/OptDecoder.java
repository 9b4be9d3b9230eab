package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.List;

/** The layers of an OPT between token ids and the head, and the head tied to the embedding. */
@SuppressWarnings("try") // scopes are opened for what their closing does
final class OptDecoder {
  private final OptConfig config;
  private final Precision precision;
  private final NDArray embedTokens;
  private final NDArray embedPositions;
  private final NDArray projectIn;
  private final NDArray projectOut;
  private final NDArray finalNormWeight;
  private final NDArray finalNormBias;
  private final List<OptLayer> layers = new ArrayList<>();
  private final CausalMask causal;

  OptDecoder(OptConfig config, Weights weights, NDManager owner, Precision precision) {
    this.config = config;
    this.precision = precision;
    embedTokens = weights.get(OptWeightNames.EMBED_TOKENS);
    embedPositions = weights.get(OptWeightNames.EMBED_POSITIONS);
    projectIn = config.projects() ? weights.get(OptWeightNames.PROJECT_IN) : null;
    projectOut = config.projects() ? weights.get(OptWeightNames.PROJECT_OUT) : null;
    String norm = OptWeightNames.FINAL_LAYER_NORM;
    finalNormWeight = config.finalLayerNorm() ? weights.get(norm + ".weight") : null;
    finalNormBias = config.finalLayerNorm() ? weights.get(norm + ".bias") : null;
    NDArray scale = Tensors.scalar(owner, (float) Math.pow(config.headSize(), -0.5));
    for (int i = 0; i < config.layers(); i++) {
      layers.add(new OptLayer(config, weights, i, scale, precision));
    }
    causal = new CausalMask(owner);
  }

  /**
   * From tokens to what the head reads.
   *
   * @param step owner of the result
   * @param needed the rows wanted; {@code null} for all
   * @param cache keys and values of earlier tokens, lengthened by this call; or {@code null}
   * @return (needed rows or batch * tokens, word embedding width)
   */
  NDArray forward(
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
              mask(input),
              neededMask(input, needed),
              needed,
              first ? seams.prefix().map(p -> p.layers(training)).orElse(List.of()) : List.of(),
              cache,
              seams,
              training);
      NDArray hidden = embed(input, first ? seams : Seams.none(), training);
      boolean picked = false;
      for (int i = 0; i < layers.size(); i++) {
        boolean last = i == layers.size() - 1;
        if (training && isDropped()) {
          continue;
        }
        hidden = layer(layers.get(i), hidden, pass, last);
        picked = last && needed != null;
      }
      // The last layer's output was kept from its own scope and is in none.
      try (NDArray last = hidden) {
        NDArray out = needed != null && !picked ? Ops.rows(needed.flat(), last) : last;
        if (finalNormWeight != null) {
          out = Ops.layerNorm(out, finalNormWeight, finalNormBias);
        }
        if (projectOut != null) {
          out = precision.linear(out, projectOut, null);
        }
        // Post-norm without projection ends on the layer's output itself: keep that handle.
        NDArray result = out == last ? Ops.reshape(out, -1, config.wordEmbedProjDim()) : out;
        Scope.keep(result).attach(step);
        return result;
      }
    }
  }

  /**
   * @param hidden (rows, word embedding width)
   * @return (rows, vocabulary)
   */
  NDArray logits(NDArray hidden) {
    return precision.linear(hidden, embedTokens, null);
  }

  private NDArray layer(OptLayer layer, NDArray hidden, Pass pass, boolean last) {
    try (Scope handles = new Scope()) {
      NDArray out = Scope.keep(layer.forward(hidden, pass, last));
      // Only a handle: what backward needs of it autograd holds.
      hidden.close();
      return out;
    }
  }

  private boolean isDropped() {
    return config.layerDrop() > 0 && Torch.random().nextDouble() < config.layerDrop();
  }

  private NDArray embed(DecoderInput input, Seams seams, boolean training) {
    NDArray words = precision.rows(input.ids(), embedTokens);
    VirtualTokens virtual = seams.virtualTokens().orElse(null);
    if (virtual != null) {
      int batch = input.batch();
      int width = config.wordEmbedProjDim();
      int real = input.tokens() - virtual.count();
      NDArray rows = Ops.reshape(virtual.embeddings(training), 1, virtual.count(), width);
      words =
          Ops.cat(
              1,
              Ops.broadcast(rows, batch, virtual.count(), width),
              Ops.reshape(words, batch, real, width));
      words = Ops.reshape(words, (long) batch * input.tokens(), width);
    }
    if (projectIn != null) {
      words = precision.linear(words, projectIn, null);
    }
    return Ops.addInPlace(words, precision.rows(input.positions(), embedPositions));
  }

  private NDArray mask(DecoderInput input) {
    NDArray view = causal.view(input.tokens(), input.keys());
    return input.keyMask() == null ? view : Ops.min(input.keyMask(), view);
  }

  private NDArray neededMask(DecoderInput input, NeededRows needed) {
    if (needed == null || needed.queries() == null) {
      return null;
    }
    NDArray table =
        Ops.reshape(causal.view(input.tokens(), input.keys()), input.tokens(), input.keys());
    NDArray view =
        Ops.reshape(
            Ops.rows(needed.queryColumns(), table),
            input.batch(),
            1,
            needed.perSequence(),
            input.keys());
    return input.keyMask() == null ? view : Ops.min(input.keyMask(), view);
  }
}
