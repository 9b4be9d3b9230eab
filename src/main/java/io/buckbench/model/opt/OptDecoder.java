package io.buckbench.model.opt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.buckbench.model.Activation;
import io.buckbench.model.Decoder;
import io.buckbench.model.DecoderInput;
import io.buckbench.model.Norm;
import io.buckbench.model.Pass;
import io.buckbench.model.Weights;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.RowOps;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** OPT's token and position embeddings, its layers, and its final norm and projection. */
final class OptDecoder extends Decoder {
  /** The epsilon of layer norms: PyTorch's default. */
  private static final double EPSILON = 1e-5;

  private final OptArchitecture model;
  private final Precision precision;
  private final NDArray embedPositions;
  private final NDArray projectIn;
  private final NDArray projectOut;
  private final Norm finalNorm;
  private final List<OptLayer> layers = new ArrayList<>();

  OptDecoder(OptArchitecture model, Weights weights, NDManager owner, Precision precision) {
    super(model, weights, owner, precision);
    this.model = model;
    this.precision = precision;
    embedPositions = weights.get(OptWeights.EMBED_POSITIONS);
    projectIn = model.projects() ? weights.get(OptWeights.PROJECT_IN) : null;
    projectOut = model.projects() ? weights.get(OptWeights.PROJECT_OUT) : null;
    Norm plain = model.normWeights() ? null : Norm.plain(owner, model.shape().hidden(), EPSILON);
    Function<String, Norm> norms =
        name -> plain == null ? Norm.layer(weights, name, EPSILON) : plain;
    finalNorm = model.finalLayerNorm() ? norms.apply(OptWeights.FINAL_LAYER_NORM) : null;
    RowOps ops = model.activation() == Activation.RELU ? null : new RowOps(owner, EPSILON);
    for (int i = 0; i < model.shape().layers(); i++) {
      layers.add(new OptLayer(model, weights, i, attention(i), scripted(), ops, norms, precision));
    }
  }

  @Override
  protected NDArray enter(
      NDManager step, NDArray embeddings, DecoderInput input, boolean training) {
    NDArray words = embeddings;
    if (projectIn != null) {
      words = Ops.as(precision.linear(embeddings, projectIn, null), DataType.FLOAT32);
    }
    return Ops.addInPlace(words, Ops.rows(input.positionRows().array(), embedPositions));
  }

  @Override
  protected NDArray layer(int index, NDArray hidden, Pass pass, boolean last) {
    return layers.get(index).forward(hidden, pass, last);
  }

  @Override
  protected NDArray leave(NDArray hidden) {
    NDArray out = hidden;
    if (finalNorm != null) {
      out = finalNorm.of(out);
    }
    return projectOut == null ? out : precision.linear(out, projectOut, null);
  }

  @Override
  protected boolean isSkipped(boolean training) {
    return training && model.layerDrop() > 0 && Torch.random().nextDouble() < model.layerDrop();
  }
}
