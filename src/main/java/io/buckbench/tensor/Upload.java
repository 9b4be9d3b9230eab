package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/** Copies several int64 vectors to the device at once, since a GPU waits for each copy. */
public final class Upload {
  private final List<Part> parts = new ArrayList<>();
  private int length;

  /** One of the vectors. */
  public static final class Part {
    private final long[] values;
    private final int from;
    private NDArray array;

    private Part(long[] values, int from) {
      this.values = values;
      this.from = from;
    }

    /**
     * The vector on the device.
     *
     * @throws IllegalStateException before {@link Upload#to}
     */
    public NDArray array() {
      if (array == null) {
        throw new IllegalStateException("not copied to the device yet");
      }
      return array;
    }
  }

  /** Adds a vector to copy. */
  public Part add(long... values) {
    Part part = new Part(values, length);
    parts.add(part);
    length += values.length;
    return part;
  }

  /** Copies all vectors; they belong to the manager. */
  public void to(NDManager manager) {
    long[] all = new long[length];
    parts.forEach(part -> System.arraycopy(part.values, 0, all, part.from, part.values.length));
    NDArray array = Tensors.of(manager, all, length);
    parts.forEach(
        part -> part.array = Ops.slice(array, 0, part.from, part.from + part.values.length));
  }
}
