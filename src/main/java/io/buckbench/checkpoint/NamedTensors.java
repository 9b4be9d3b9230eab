package io.buckbench.checkpoint;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/**
 * One or several files read as named tensors. Only the table of contents is kept in memory; values
 * are read on request. An unknown name throws {@link io.buckbench.input.InvalidInputException}.
 */
public interface NamedTensors extends AutoCloseable {
  /** The names, in file order. */
  Set<String> names();

  /** The element type and shape of a tensor. */
  TensorInfo info(String name);

  /**
   * The values converted to float32, row-major: F16 and BF16 exactly, F64 and integers rounded to
   * the nearest. Each call returns a new array. It is read through a small buffer, so that loading
   * a checkpoint does not hold the file's pages in memory in addition to the values.
   */
  float[] floats(String name);

  /**
   * Reads a part of what {@link #floats} returns, so that a tensor can be copied without being
   * completely in Java's memory.
   *
   * @param from index of the first element, row-major
   * @param into filled from its beginning
   * @return the number of elements read: the array's length, or fewer at the tensor's end
   */
  int read(String name, long from, float[] into);

  /**
   * The stored bytes, row-major and little-endian. The buffer is read-only, and memory-mapped if
   * the file stores them in this order. The mapping stays valid after {@link #close()}, as long as
   * the buffer is reachable. At most 2 GB, the limit of a {@link ByteBuffer}; {@link #floats} has
   * no such limit on bytes.
   */
  ByteBuffer bytes(String name);

  /** The metadata of the file, such as {@code format = pt}; empty if it has none. */
  Map<String, String> metadata();

  /** The file or directory, for messages. */
  String source();

  /** Closes the files; tensors can no longer be read. */
  @Override
  void close();
}
