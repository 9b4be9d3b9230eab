package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The precision of a model's matrix products. Their inputs and outputs are float32 in both, so
 * layer norms, softmax, loss, adapters and the residual stream do not depend on it.
 */
public enum Precision {
  /** All numbers are float32. */
  FLOAT32,

  /**
   * Operands and result of each product are rounded to float16 (Micikevicius et al. 2018,
   * arXiv:1710.03740, with the operations of {@code torch.autocast}); biases are added in float32.
   * Gradients pass through float16 too, so the loss must be scaled.
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

  /** {@link Ops#linear} in this precision; the weight is float32 or float16, the rest float32. */
  public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return Ops.linear(x, weight, bias);
  }

  /** {@link Ops#matmul} of float32 arrays in this precision. */
  public NDArray matmul(NDArray a, NDArray b) {
    return Ops.matmul(a, b);
  }

  /** {@link Ops#rows} as float32, for a table of either type. */
  public NDArray rows(NDArray index, NDArray table) {
    return Ops.rows(index, table);
  }

  /**
   * The type in which weight matrices are stored. Trained ones stay float32, since updates smaller
   * than the spacing of float16 would be lost; each product rounds them again.
   *
   * @param frozen whether they are not trained
   */
  public DataType matrixType(boolean frozen) {
    return DataType.FLOAT32;
  }
}
