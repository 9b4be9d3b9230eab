package io.buckbench.model.blocks;

import ai.djl.ndarray.NDArray;
import io.buckbench.model.Linear;
import io.buckbench.model.Norm;
import io.buckbench.model.Pass;
import io.buckbench.model.Shape;
import io.buckbench.model.blocks.Part.Use;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.RowOps;
import java.util.List;
import java.util.Map;

/** Queries, keys and values of one layer, from one module or three, normed and rotated. */
final class QueryKeyValue {
  private final Blueprint model;
  private final Shape shape;
  private final int layer;
  private final Map<Use, Linear> linear;
  private final Map<Use, Norm> norm;
  private final RowOps ops;

  QueryKeyValue(
      Blueprint model, int layer, Map<Use, Linear> linear, Map<Use, Norm> norm, RowOps ops) {
    this.model = model;
    this.shape = model.shape();
    this.layer = layer;
    this.linear = linear;
    this.norm = norm;
    this.ops = ops;
  }

  /**
   * Each (rows, heads, head size) or (rows, heads * head size); queries only for the rows asked.
   */
  record Heads(NDArray query, NDArray key, NDArray value) {}

  /**
   * @param x (batch * tokens, hidden)
   * @param last whether only the needed queries of the pass are computed
   */
  Heads of(NDArray x, Pass pass, boolean last) {
    Linear fused = linear.get(Use.FUSED);
    NDArray query;
    NDArray key;
    NDArray value;
    if (fused == null) {
      query = linear.get(Use.QUERY).forward(pass.asking(x, last), pass);
      key = linear.get(Use.KEY).forward(x, pass);
      value = linear.get(Use.VALUE).forward(x, pass);
    } else {
      List<NDArray> three = divided(fused.forward(x, pass));
      query = pass.asking(three.get(0), last);
      key = three.get(1);
      value = three.get(2);
    }
    query = placed(query, shape.heads(), Use.QUERY_NORM, pass, last);
    key = placed(key, shape.keyValueHeads(), Use.KEY_NORM, pass, false);
    double scores = model.block().scores(layer);
    return new Heads(scores == 1 ? query : query.mul(scores), key, value);
  }

  private List<NDArray> divided(NDArray x) {
    int size = shape.headSize();
    if (model.block().fused() == Blueprint.Fused.PARTS) {
      long keys = shape.keyValueWidth();
      return Ops.split(x, 1, (long) shape.heads() * size, keys, keys);
    }
    NDArray heads = Ops.reshape(x, x.getShape().get(0), shape.heads(), 3L * size);
    return Ops.split(heads, 2, size, size, size);
  }

  /** Norms each head and rotates its first features. */
  private NDArray placed(NDArray x, int heads, Use use, Pass pass, boolean last) {
    boolean rotates = model.positions() instanceof Positions.Rotary;
    Norm ofHead = norm.get(use);
    if (!rotates && ofHead == null) {
      return x;
    }
    long rows = x.getShape().get(0);
    int size = shape.headSize();
    NDArray split = Ops.reshape(x, rows, heads, size);
    if (ofHead != null) {
      split = ofHead.of(split);
    }
    return rotates ? rotated(split, pass, last) : split;
  }

  private NDArray rotated(NDArray x, Pass pass, boolean last) {
    NDArray cos = pass.asking(pass.shared().get(0), last);
    NDArray sin = pass.asking(pass.shared().get(1), last);
    long rows = x.getShape().get(0);
    long features = cos.getShape().get(1);
    NDArray c = Ops.reshape(cos, rows, 1, features);
    NDArray s = Ops.reshape(sin, rows, 1, features);
    int size = shape.headSize();
    if (features == size) {
      return ops.rotate(x, c, s);
    }
    List<NDArray> parts = Ops.split(x, 2, features, size - features);
    return Ops.cat(2, ops.rotate(parts.get(0), c, s), parts.get(1));
  }
}
