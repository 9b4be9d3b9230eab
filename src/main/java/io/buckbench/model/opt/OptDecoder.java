package io.buckbench.model.opt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.buckbench.model.Activation;
import io.buckbench.model.Decoder;
import io.buckbench.model.Linear;
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
  private final Linear projectIn;
  private final Linear projectOut;
  private final Norm finalNorm;
  private final List<OptLayer> layers = new ArrayList<>();

  OptDecoder(OptArchitecture model, Weights weights, NDManager owner, Precision precision) {
    super(model, weights, owner, precision);
    this.model = model;
    this.precision = precision;
    embedPositions = weights.get(OptWeights.EMBED_POSITIONS);
    projectIn = projection(OptWeights.PROJECT_IN, weights);
    projectOut = projection(OptWeights.PROJECT_OUT, weights);
    Norm plain = model.normWeights() ? null : Norm.plain(owner, model.shape().hidden(), EPSILON);
    Function<String, Norm> norms =
        name -> plain == null ? Norm.layer(weights, name, EPSILON) : plain;
    finalNorm = model.finalLayerNorm() ? norms.apply(OptWeights.FINAL_LAYER_NORM) : null;
    RowOps ops = model.activation() == Activation.RELU ? null : new RowOps(owner, EPSILON);
    for (int i = 0; i < model.shape().layers(); i++) {
      layers.add(new OptLayer(model, weights, i, attention(i), scripted(), ops, norms, precision));
    }
  }

  /** A linear module outside the layers; null if the model has none of this name. */
  private Linear projection(String weight, Weights weights) {
    return model.linearModules().stream()
        .filter(module -> module.weight().equals(weight))
        .findFirst()
        .map(module -> new Linear(module, weights, precision))
        .orElse(null);
  }

  @Override
  protected NDArray enter(NDManager step, NDArray embeddings, Pass pass) {
    NDArray words = embeddings;
    boolean kept = pass.seams().embedding().isPresent();
    if (projectIn != null) {
      words = Ops.as(projectIn.forward(embeddings, pass), DataType.FLOAT32);
      kept = projectIn.isHooked(pass);
    }
    NDArray positions = Ops.rows(pass.input().positionRows().array(), embedPositions);
    return kept ? Ops.add(words, positions) : Ops.addInPlace(words, positions);
  }

  @Override
  protected NDArray layer(int index, NDArray hidden, Pass pass, boolean last) {
    return layers.get(index).forward(hidden, pass, last);
  }

  @Override
  protected NDArray leave(NDArray hidden, Pass pass) {
    NDArray out = hidden;
    if (finalNorm != null) {
      out = finalNorm.of(out);
    }
    return projectOut == null ? out : projectOut.forward(out, pass);
  }

  @Override
  protected boolean isSkipped(boolean training) {
    return training && model.layerDrop() > 0 && Torch.random().nextDouble() < model.layerDrop();
  }
}
