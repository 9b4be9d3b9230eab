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
 * Java arrays into native ones and back.
 *
 * <p>DJL would keep a direct buffer behind each array it makes, freed only when the collector runs;
 * a loop that makes a few each step then grows for minutes. Here values pass through one buffer
 * that is used again, and the native copy is PyTorch's own.
 */
@SuppressWarnings("try") // modes and scopes are opened for what their closing does
public final class Tensors {
  private static final int STAGING_BYTES = 1 << 20;
  private static final ThreadLocal<ByteBuffer> STAGING =
      ThreadLocal.withInitial(() -> direct(STAGING_BYTES));

  private Tensors() {}

  /**
   * A float32 array.
   *
   * @param values row-major, as many as the shape holds
   * @param shape the length of each axis; none for a scalar
   */
  public static NDArray of(NDManager manager, float[] values, long... shape) {
    ByteBuffer buffer = buffer((long) values.length * Float.BYTES);
    buffer.asFloatBuffer().put(values);
    return copy(manager, buffer, values.length, DataType.FLOAT32, shape);
  }

  /** A float32 or float16 array; float16 rounds to nearest. */
  public static NDArray of(NDManager manager, DataType type, float[] values, long... shape) {
    NDArray exact = of(manager, values, shape);
    if (type == DataType.FLOAT32) {
      return exact;
    }
    try (exact) {
      return JniUtils.to((PtNDArray) exact, type, exact.getDevice());
    }
  }

  /**
   * A file's tensor as float32 or float16, copied piece by piece: the values are never whole in
   * Java's memory, or loading a model would need it twice over.
   */
  public static NDArray read(NDManager manager, NamedTensors tensors, String name, DataType type) {
    long[] shape = tensors.info(name).shape();
    long elements = tensors.info(name).elements();
    float[] piece = new float[(int) Math.min(STAGING_BYTES / Float.BYTES, elements)];
    NDArray target = manager.zeros(new Shape(shape), type);
    long[] step = {1};
    try (NDArray flat = target.reshape(-1);
        GradMode off = GradMode.off()) {
      for (long from = 0; from < elements; ) {
        int count = tensors.read(name, from, piece);
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

  /** An int64 array, as indices are. */
  public static NDArray of(NDManager manager, long[] values, long... shape) {
    ByteBuffer buffer = buffer((long) values.length * Long.BYTES);
    buffer.asLongBuffer().put(values);
    return copy(manager, buffer, values.length, DataType.INT64, shape);
  }

  /** A float32 array of no axes. Scalars are kept as arrays: {@code x.add(1f)} is far slower. */
  public static NDArray scalar(NDManager manager, float value) {
    return of(manager, new float[] {value});
  }

  /** A float32 array of zeros. */
  public static NDArray zeros(NDManager manager, long... shape) {
    return manager.zeros(new Shape(shape), DataType.FLOAT32);
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

  /** The one value of a float32 scalar; waits for the device. */
  public static float scalar(NDArray array) {
    return floats(array)[0];
  }

  /** The values of an int64 array, row-major. */
  public static long[] longs(NDArray array) {
    return read(array, NDArray::toLongArray);
  }

  /** The values of a float32 or float16 array, row-major, a few at a time. */
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
   * DJL reads a copy of what is on a GPU or not row-major, and leaves the copy and a manager for it
   * alive as long as the array's own manager. Here nothing is left.
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
   * How many values are not finite. A sum is taken on the device; if it is finite, so is every
   * value, and only otherwise are the values read.
   */
  public static long nonFinite(NDArray array) {
    try (GradMode off = GradMode.off();
        NDArray sum = JniUtils.sum((PtNDArray) array)) {
      if (Float.isFinite(floats(sum)[0])) {
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

  /** The shape as plain numbers. */
  public static long[] shape(NDArray array) {
    return array.getShape().getShape();
  }

  /** A copy with its own memory that autograd does not follow, in the same manager. */
  public static NDArray copyOf(NDArray array) {
    try (GradMode off = GradMode.off()) {
      return JniUtils.clone((PtNDArray) array);
    }
  }

  /** The same as float32. */
  public static NDArray widened(NDArray array) {
    if (array.getDataType() == DataType.FLOAT32) {
      return copyOf(array);
    }
    try (GradMode off = GradMode.off()) {
      return JniUtils.to((PtNDArray) array, DataType.FLOAT32, array.getDevice());
    }
  }

  /** Overwrites an array, a trainable leaf too, with the values of another of the same shape. */
  public static void copyInto(NDArray target, NDArray source) {
    if (!target.getShape().equals(source.getShape())) {
      throw new IllegalArgumentException(
          "cannot copy " + source.getShape() + " into " + target.getShape());
    }
    // Not JniUtils.set: that lets the target live in the Java buffer, which the collector frees.
    long[] end = shape(target);
    long[] step = new long[end.length];
    Arrays.fill(step, 1);
    try (GradMode off = GradMode.off()) {
      JniUtils.indexSet((PtNDArray) target, (PtNDArray) source, new long[end.length], end, step);
    }
  }

  private static ByteBuffer buffer(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("an array of " + bytes + " bytes is past Java's 2 GB");
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
    try (PtNDArray staged =
        JniUtils.createNdFromByteBuffer(
            owner, buffer, wanted, type, SparseFormat.DENSE, owner.getDevice())) {
      return JniUtils.clone(staged);
    }
  }
}
