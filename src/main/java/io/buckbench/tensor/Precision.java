package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** The precision of a model's matrix products and attention. */
public enum Precision {
  /** All numbers are float32. */
  FLOAT32(DataType.FLOAT32, -Float.MAX_VALUE),

  /**
   * As {@code torch.autocast} (Micikevicius et al. 2018, arXiv:1710.03740): products and attention
   * take and return float16, with sums in float32. Layer norms, softmax, the loss, trained weights
   * and the residual stream are float32. Gradients pass through float16 too, so the loss must be
   * scaled.
   */
  MIXED(DataType.FLOAT16, -32768);

  private final DataType type;
  private final float hidden;

  Precision(DataType type, float hidden) {
    this.type = type;
    this.hidden = hidden;
  }

  /** The type of the operands and results of products. */
  public DataType type() {
    return type;
  }

  /**
   * What is added to the attention score of a key that must not be seen: finite, since minus
   * infinity would give NaN for a row of padding, which sees no key. In float32 it is Hugging
   * Face's, {@code torch.finfo(torch.float32).min}, which makes such a row's softmax uniform; in
   * float16 the sum with a score must not overflow.
   */
  public float hidden() {
    return hidden;
  }

  /**
   * Converts an operand of products to their type, differentiably. An operand of several products
   * should be converted once.
   */
  public NDArray operand(NDArray x) {
    return Ops.as(x, type);
  }

  /**
   * {@link Ops#linear} in this precision, for operands of either type.
   *
   * @return of {@link #type}
   */
  public NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return Ops.linear(operand(x), operand(weight), bias == null ? null : operand(bias));
  }

  /**
   * The type in which the weights of products are stored. Trained ones stay float32, since updates
   * smaller than the spacing of float16 would be lost; each product rounds them again.
   *
   * @param frozen whether they are not trained
   */
  public DataType weightType(boolean frozen) {
    return frozen ? type : DataType.FLOAT32;
  }
}
