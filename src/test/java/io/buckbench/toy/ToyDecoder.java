package io.buckbench.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import io.buckbench.model.Attention;
import io.buckbench.model.Decoder;
import io.buckbench.model.DecoderInput;
import io.buckbench.model.Linear;
import io.buckbench.model.Pass;
import io.buckbench.model.Weights;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Tensors;
import java.util.List;

/** Computes a {@link ToyArchitecture}. */
final class ToyDecoder extends Decoder {
  private static final int HALF = ToyArchitecture.HEAD_SIZE / 2;

  private final ToyArchitecture model;
  private final Weights weights;
  private final Linear[] modules;
  private final Attention[] attention;

  ToyDecoder(ToyArchitecture model, Weights weights, NDManager owner, Precision precision) {
    super(model, weights, owner, precision);
    this.model = model;
    this.weights = weights;
    this.modules =
        model.linearModules().stream()
            .map(m -> new Linear(m, weights, precision))
            .toArray(Linear[]::new);
    this.attention = new Attention[model.layers()];
    for (int i = 0; i < attention.length; i++) {
      attention[i] = attention(i);
    }
  }

  @Override
  protected NDArray enter(NDManager step, NDArray embeddings, Pass pass) {
    return embeddings;
  }

  /** Cosine and sine of each token's rotary angles, (batch * tokens, head size / 2). */
  @Override
  protected List<NDArray> shared(NDManager step, DecoderInput input) {
    long[] positions = input.positions();
    float[] cos = new float[positions.length * HALF];
    float[] sin = new float[positions.length * HALF];
    for (int i = 0; i < cos.length; i++) {
      double angle = Math.max(0, positions[i / HALF]) * Math.pow(100, -(i % HALF) / (double) HALF);
      cos[i] = (float) Math.cos(angle);
      sin[i] = (float) Math.sin(angle);
    }
    return List.of(
        Tensors.of(step, cos, positions.length, HALF),
        Tensors.of(step, sin, positions.length, HALF));
  }

  @Override
  protected NDArray layer(int index, NDArray hidden, Pass pass, boolean last) {
    NDArray x = norm(hidden, ToyArchitecture.norm(index));
    NDArray fused = module(index, 0).forward(x, pass);
    int queryWidth = ToyArchitecture.WIDTH;
    int keyWidth = model.shape().keyValueWidth();
    NDArray query = pass.asking(Ops.slice(fused, 1, 0, queryWidth), last);
    NDArray keys = Ops.slice(fused, 1, queryWidth, queryWidth + keyWidth);
    NDArray values = Ops.slice(fused, 1, queryWidth + keyWidth, queryWidth + 2L * keyWidth);
    NDArray cos = pass.shared().get(0);
    NDArray sin = pass.shared().get(1);
    NDArray asking = rotated(query, pass.asking(cos, last), pass.asking(sin, last));
    NDArray mixed = attention[index].mix(asking, rotated(keys, cos, sin), values, pass, last);
    NDArray attended = module(index, 1).forward(mixed, pass);
    NDArray rows = pass.residual(x, last);
    NDArray gate = module(index, 2).forward(rows, pass);
    NDArray inside =
        Ops.mul(Ops.mul(gate, Activation.sigmoid(gate)), module(index, 3).forward(rows, pass));
    NDArray fed = module(index, 4).forward(inside, pass);
    return Ops.add(Ops.add(pass.residual(hidden, last), attended), fed);
  }

  private Linear module(int layer, int which) {
    return modules[layer * modules.length / model.layers() + which];
  }

  /** Rotates the halves of each head of x, (rows, heads * head size). */
  private static NDArray rotated(NDArray x, NDArray cos, NDArray sin) {
    long rows = x.getShape().get(0);
    long heads = x.getShape().get(1) / ToyArchitecture.HEAD_SIZE;
    NDArray c = Ops.reshape(cos, rows, 1, HALF);
    NDArray s = Ops.reshape(sin, rows, 1, HALF);
    NDArray split = Ops.reshape(x, rows, heads, ToyArchitecture.HEAD_SIZE);
    NDArray first = Ops.slice(split, 2, 0, HALF);
    NDArray second = Ops.slice(split, 2, HALF, ToyArchitecture.HEAD_SIZE);
    NDArray turned =
        Ops.cat(
            2,
            Ops.add(Ops.mul(first, c), Ops.neg(Ops.mul(second, s))),
            Ops.add(Ops.mul(second, c), Ops.mul(first, s)));
    return Ops.reshape(turned, rows, heads * ToyArchitecture.HEAD_SIZE);
  }

  @Override
  protected NDArray leave(NDArray hidden, Pass pass) {
    return norm(hidden, "toy.norm.weight");
  }

  private NDArray norm(NDArray x, String weight) {
    NDArray size = x.square().mean(new int[] {1}, true).add(1e-5f).sqrt();
    return x.div(size).mul(weights.get(weight));
  }
}
