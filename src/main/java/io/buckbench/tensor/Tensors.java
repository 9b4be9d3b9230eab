package io.buckbench.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.buckbench.checkpoint.NamedTensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Converts Java arrays to native ones and back.
 *
 * <p>DJL keeps a direct buffer for each array that it creates, until the garbage collector runs, so
 * a loop that creates arrays in each step grows for minutes. This class copies values through one
 * reused buffer into memory of PyTorch.
 */
@SuppressWarnings("try") // scopes and modes are used only for their close()
public final class Tensors {
  private static final int STAGING_BYTES = 1 << 20;
  private static final ThreadLocal<ByteBuffer> STAGING =
      ThreadLocal.withInitial(() -> direct(STAGING_BYTES));

  private Tensors() {}

  /**
   * Creates a float32 array.
   *
   * @param values row-major, as many as the shape has elements
   * @param shape the length of each axis; empty for a scalar
   */
  public static NDArray of(NDManager manager, float[] values, long... shape) {
    ByteBuffer buffer = buffer((long) values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    return copy(manager, buffer, values.length, DataType.FLOAT32, shape);
  }

  /** Creates a float32 or float16 array; float16 values are rounded to nearest. */
  public static NDArray of(NDManager manager, DataType type, float[] values, long... shape) {
    NDArray exact = of(manager, values, shape);
    if (type == DataType.FLOAT32) {
      return exact;
    }
    try (exact) {
      return JniUtils.to((PtNDArray) exact, type, exact.getDevice());
    }
  }

  /** Writes the values of an array piece by piece. */
  @FunctionalInterface
  public interface Pieces {
    /**
     * Writes the next values to the start of a piece.
     *
     * @param from index of the first of them, row-major
     * @return how many were written
     */
    int write(long from, float[] piece);
  }

  /** Reads a file's tensor as float32 or float16. */
  public static NDArray read(NDManager manager, NamedTensors tensors, String name, DataType type) {
    return of(
        manager,
        type,
        (from, piece) -> tensors.read(name, from, piece),
        tensors.info(name).shape());
  }

  /**
   * Creates a float32 or float16 array from pieces, so that a model does not need its memory twice.
   */
  public static NDArray of(NDManager manager, DataType type, Pieces pieces, long... shape) {
    NDArray target = manager.zeros(new Shape(shape), type);
    long elements = target.size();
    float[] piece = new float[(int) Math.min(STAGING_BYTES / Float.BYTES, elements)];
    long[] step = {1};
    try (NDArray flat = target.reshape(-1);
        GradMode off = GradMode.off()) {
      for (long from = 0; from < elements; ) {
        int count = pieces.write(from, piece);
        float[] values = count == piece.length ? piece : Arrays.copyOf(piece, count);
        long[] begin = {from};
        long[] end = {from + count};
        try (NDArray staged = of(manager, values, count)) {
          JniUtils.indexSet((PtNDArray) flat, (PtNDArray) staged, begin, end, step);
        }
        from += count;
      }
    }
    return target;
  }

  /** Creates an int64 array, for indices. */
  public static NDArray of(NDManager manager, long[] values, long... shape) {
    ByteBuffer buffer = buffer((long) values.length * Long.BYTES);
    buffer.asLongBuffer().put(values);
    return copy(manager, buffer, values.length, DataType.INT64, shape);
  }

  /**
   * Creates a float32 array without axes. The device fills it, so that Java need not wait for a
   * copy. Adding one is much faster than {@code x.add(1f)}.
   */
  public static NDArray scalar(NDManager manager, float value) {
    PtNDManager owner = (PtNDManager) manager;
    return JniUtils.full(
        owner, new Shape(), value, DataType.FLOAT32, owner.getDevice(), SparseFormat.DENSE);
  }

  /** Creates a float32 array of zeros. */
  public static NDArray zeros(NDManager manager, long... shape) {
    return manager.zeros(new Shape(shape), DataType.FLOAT32);
  }

  /** Creates an array without setting its values. */
  public static NDArray empty(NDManager manager, DataType type, long... shape) {
    return manager.create(new Shape(shape), type);
  }

  /** The values of a float32 or float16 array, row-major. */
  public static float[] floats(NDArray array) {
    if (array.getDataType() == DataType.FLOAT32) {
      return read(array, NDArray::toFloatArray);
    }
    try (NDArray wide = widened(array)) {
      return read(wide, NDArray::toFloatArray);
    }
  }

  /** The value of a float32 scalar. Waits for the device. */
  public static float scalar(NDArray array) {
    return floats(array)[0];
  }

  /** The values of an int64 array, row-major. */
  public static long[] longs(NDArray array) {
    return read(array, NDArray::toLongArray);
  }

  /** Passes on the values of a float32 or float16 array, row-major, in pieces. */
  static void forEachPiece(NDArray array, Consumer<float[]> action) {
    int most = STAGING_BYTES / Float.BYTES;
    try (GradMode off = GradMode.off();
        NDArray flat = Ops.reshape(array, -1)) {
      for (long from = 0; from < flat.size(); from += most) {
        try (NDArray piece = Ops.slice(flat, 0, from, Math.min(from + most, flat.size()))) {
          action.accept(floats(piece));
        }
      }
    }
  }

  /**
   * Reads an array and leaves nothing alive. For arrays that are on a GPU or not row-major, DJL
   * makes a copy and a manager, and would keep both until the array's manager is closed.
   */
  private static <T> T read(NDArray array, Function<NDArray, T> values) {
    try (Scope copies = new Scope()) {
      if (!array.getManager().getDevice().isGpu()) {
        return values.apply(array);
      }
      NDArray host = JniUtils.to((PtNDArray) array, array.getDataType(), Device.cpu());
      try (NDManager owner = host.getManager()) {
        return values.apply(host);
      }
    }
  }

  /**
   * The number of values that are not finite. If their sum on the device is finite, all of them are
   * and none is read.
   */
  public static long nonFinite(NDArray array) {
    try (GradMode off = GradMode.off();
        NDArray sum = JniUtils.sum((PtNDArray) array)) {
      if (Float.isFinite(scalar(sum))) {
        return 0;
      }
    }
    long[] count = {0};
    forEachPiece(
        array,
        piece -> {
          for (float value : piece) {
            count[0] += Float.isFinite(value) ? 0 : 1;
          }
        });
    return count[0];
  }

  /** The length of each axis. */
  public static long[] shape(NDArray array) {
    return array.getShape().getShape().clone();
  }

  /** A copy in the same manager, with its own memory and without a gradient. */
  public static NDArray copyOf(NDArray array) {
    try (GradMode off = GradMode.off()) {
      return JniUtils.clone((PtNDArray) array);
    }
  }

  /** Such a copy as float32. */
  public static NDArray widened(NDArray array) {
    if (array.getDataType() == DataType.FLOAT32) {
      return copyOf(array);
    }
    try (GradMode off = GradMode.off()) {
      return JniUtils.to((PtNDArray) array, DataType.FLOAT32, array.getDevice());
    }
  }

  /** Overwrites an array, also a trainable leaf, with the values of another of the same shape. */
  public static void copyInto(NDArray target, NDArray source) {
    if (!target.getShape().equals(source.getShape())) {
      throw new IllegalArgumentException(
          "cannot copy " + source.getShape() + " into " + target.getShape());
    }
    // JniUtils.set would move the target into a Java buffer that the garbage collector frees.
    long[] end = shape(target);
    long[] step = new long[end.length];
    Arrays.fill(step, 1);
    try (GradMode off = GradMode.off()) {
      JniUtils.indexSet((PtNDArray) target, (PtNDArray) source, new long[end.length], end, step);
    }
  }

  private static ByteBuffer buffer(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "an array of " + bytes + " bytes exceeds Java's limit of 2 GiB");
    }
    return bytes <= STAGING_BYTES ? STAGING.get() : direct((int) bytes);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private static NDArray copy(
      NDManager manager, ByteBuffer buffer, int length, DataType type, long[] shape) {
    Shape wanted = new Shape(shape);
    if (wanted.size() != length) {
      throw new IllegalArgumentException(length + " values do not fill the shape " + wanted);
    }
    PtNDManager owner = (PtNDManager) manager;
    PtNDArray staged =
        JniUtils.createNdFromByteBuffer(
            owner, buffer, wanted, type, SparseFormat.DENSE, owner.getDevice());
    if (owner.getDevice().isGpu()) {
      return staged; // a copy already, and the buffer was read when the call returned
    }
    try (staged) {
      return JniUtils.clone(staged);
    }
  }
}
