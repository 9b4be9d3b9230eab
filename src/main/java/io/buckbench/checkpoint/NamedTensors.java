package io.buckbench.checkpoint;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/**
 * A file, or several, read as named tensors. Nothing but the table of contents is in memory until a
 * tensor is asked for; a name that is not there is an {@link
 * io.buckbench.input.InvalidInputException}.
 */
public interface NamedTensors extends AutoCloseable {
  /** The names, in the order of the file. */
  Set<String> names();

  /** Element type and shape. */
  TensorInfo info(String name);

  /**
   * The values widened to float32, row-major: F16 and BF16 exactly, F64 and integers rounded to the
   * nearest. A new array at each call; read through a small buffer, so that loading a checkpoint
   * never holds the file's pages beside the values.
   */
  float[] floats(String name);

  /**
   * A stretch of what {@link #floats} gives, so that a tensor can be copied elsewhere without ever
   * being whole in Java's memory.
   *
   * @param from element to begin at, row-major
   * @param into filled from its beginning
   * @return how many elements were read: as many as fit, or as many as there are behind {@code
   *     from}
   */
  int read(String name, long from, float[] into);

  /**
   * The values as they are stored, row-major and little-endian: read-only, memory-mapped where the
   * file holds them so. The mapping outlives {@link #close()} and goes with the buffer. At most 2
   * GB, a {@link ByteBuffer}'s limit; {@link #floats} has no such limit on bytes.
   */
  ByteBuffer bytes(String name);

  /** What the file says of itself as text, such as {@code format = pt}; empty where nothing. */
  default Map<String, String> metadata() {
    return Map.of();
  }

  /** The file or directory read, for messages. */
  String source();

  /** Closes the files; tensors cannot be read any more. */
  @Override
  void close();
}
