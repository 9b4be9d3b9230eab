package io.buckbench.model.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.model.Decoder;
import io.buckbench.model.DecoderInput;
import io.buckbench.model.Norm;
import io.buckbench.model.Pass;
import io.buckbench.model.Weights;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.RowOps;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Computes a {@link BlockArchitecture}. */
final class BlockDecoder extends Decoder {
  private final Blueprint model;
  private final NDArray positionTable;
  private final RotaryTable rotary;
  private final NDArray slopes;
  private final Norm embeddingNorm;
  private final Norm finalNorm;
  private final List<BlockLayer> layers = new ArrayList<>();

  BlockDecoder(
      BlockArchitecture architecture, Weights weights, NDManager owner, Precision precision) {
    super(architecture, weights, owner, precision);
    model = architecture.blueprint();
    Positions positions = model.positions();
    positionTable =
        positions instanceof Positions.Learned learned ? weights.get(learned.table()) : null;
    rotary =
        positions instanceof Positions.Rotary rotated
            ? new RotaryTable(owner, rotated.frequencies())
            : null;
    int heads = model.shape().heads();
    slopes =
        positions instanceof Positions.Alibi
            ? Scope.keep(Tensors.of(owner, AlibiSlopes.of(heads), 1, heads, 1, 1))
            : null;
    RowOps ops = new RowOps(owner, model.epsilon());
    Function<String, Norm> norms =
        name ->
            architecture.isLayerNorm()
                ? Norm.layer(weights, name, model.epsilon())
                : Norm.rootMeanSquare(weights, name, ops);
    String afterEmbedding = model.names().embeddingNorm();
    embeddingNorm = afterEmbedding.isEmpty() ? null : norms.apply(afterEmbedding);
    finalNorm = norms.apply(model.names().finalNorm());
    for (int i = 0; i < model.shape().layers(); i++) {
      layers.add(new BlockLayer(architecture, weights, i, attention(i), ops, norms, precision));
    }
  }

  @Override
  protected NDArray enter(NDManager step, NDArray embeddings, Pass pass) {
    NDArray hidden = embeddings;
    if (positionTable != null) {
      NDArray positions = Ops.rows(pass.input().positionRows().array(), positionTable);
      boolean kept = pass.seams().embedding().isPresent();
      hidden = kept ? Ops.add(hidden, positions) : Ops.addInPlace(hidden, positions);
    }
    if (embeddingNorm != null) {
      hidden = embeddingNorm.of(hidden);
    }
    return Ops.dropout(hidden, model.dropout().embedding(), pass.training());
  }

  /** Cosine and sine of each token's rotary angles, (batch * tokens, rotated features). */
  @Override
  protected List<NDArray> shared(NDManager step, DecoderInput input) {
    if (rotary == null) {
      return List.of();
    }
    NDArray rows = input.positionRows().array();
    return List.of(
        Ops.rows(rows, rotary.cos(input.keys())), Ops.rows(rows, rotary.sin(input.keys())));
  }

  /** ALiBi, relative to each query, so that near keys are exact in float16 too. */
  @Override
  protected NDArray bias(NDArray keys, NDArray queries) {
    return Ops.mul(Ops.add(keys, Ops.neg(queries)), slopes);
  }

  @Override
  protected int window(int layer) {
    return model.windows().get(layer);
  }

  @Override
  protected NDArray layer(int index, NDArray hidden, Pass pass, boolean last) {
    return layers.get(index).forward(hidden, pass, last);
  }

  @Override
  protected NDArray leave(NDArray hidden, Pass pass) {
    return finalNorm.of(hidden);
  }
}
