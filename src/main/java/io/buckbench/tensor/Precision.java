package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * What a model's products are computed in. What goes in and what comes out is float32 in either, so
 * that layer norms, softmax, loss, adapters and the residual stream never know.
 */
public enum Precision {
  /** Every number float32. */
  FLOAT32 {
    @Override
    public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
      return Ops.linear(x, weight, bias);
    }

    @Override
    public NDArray matmul(NDArray a, NDArray b) {
      return Ops.matmul(a, b);
    }

    @Override
    public NDArray rows(NDArray index, NDArray table) {
      return Ops.rows(index, table);
    }

    @Override
    public DataType matrixType(boolean frozen) {
      return DataType.FLOAT32;
    }
  },

  /**
   * Operands and result of each product rounded to float16 (Micikevicius et al. 2018,
   * arXiv:1710.03740, and {@code torch.autocast}'s choice of operations); biases are added in
   * float32. Gradients of a product pass through float16 too, hence the loss must be scaled.
   */
  MIXED {
    @Override
    public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
      NDArray product = Ops.linear(Ops.half(x), Ops.half(weight), null);
      // float16 plus float32 is float32.
      return bias == null ? Ops.single(product) : Ops.add(product, bias);
    }

    @Override
    public NDArray matmul(NDArray a, NDArray b) {
      return Ops.single(Ops.matmul(Ops.half(a), Ops.half(b)));
    }

    @Override
    public NDArray rows(NDArray index, NDArray table) {
      return Ops.single(Ops.rows(index, table));
    }

    @Override
    public DataType matrixType(boolean frozen) {
      return frozen ? DataType.FLOAT16 : DataType.FLOAT32;
    }
  };

  /** As {@link Ops#linear}; weight float32 or float16, the rest float32. */
  public abstract NDArray linear(NDArray x, NDArray weight, NDArray bias);

  /** As {@link Ops#matmul}, of float32 arrays. */
  public abstract NDArray matmul(NDArray a, NDArray b);

  /** As {@link Ops#rows}, float32 whatever the table is. */
  public abstract NDArray rows(NDArray index, NDArray table);

  /**
   * How weight matrices are kept. A trained one stays float32, or updates smaller than float16's
   * spacing would be lost; each product then rounds it anew.
   *
   * @param frozen whether nobody trains them
   */
  public abstract DataType matrixType(boolean frozen);
}
