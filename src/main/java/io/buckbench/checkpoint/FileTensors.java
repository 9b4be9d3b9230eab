package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Tensors stored uncompressed in one file of any format. Offsets are longs. */
final class FileTensors implements NamedTensors {
  /** Bytes read at a time. Each call allocates a buffer, small enough not to grow the heap. */
  private static final int CHUNK_BYTES = 1 << 16;

  /** Slightly below the largest array that every JVM can allocate. */
  private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 8L;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, TensorRegion> regions;
  private final Map<String, String> metadata;

  /** Reads the table of contents of an open file. */
  interface Format {
    NamedTensors read(Path file, FileChannel channel) throws IOException;
  }

  /** Opens a file; closes it again if the format refuses it. */
  static NamedTensors open(Path file, Format format) {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          file.toString(), "no such file", "a file of tensors", "check the path, or fetch it", e);
    } catch (IOException e) {
      throw new InvalidInputException(
          file.toString(),
          "a file that cannot be read: " + e.getMessage(),
          "a file of tensors",
          "make it readable, or fetch it again",
          e);
    }
    try {
      return format.read(file, channel);
    } catch (IOException | RuntimeException e) {
      try {
        channel.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e instanceof IOException io
          ? new UncheckedIOException(file.toString(), io)
          : (RuntimeException) e;
    }
  }

  FileTensors(
      Path file,
      FileChannel channel,
      Map<String, TensorRegion> regions,
      Map<String, String> metadata) {
    this.file = file;
    this.channel = channel;
    this.regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  @Override
  public Set<String> names() {
    return regions.keySet();
  }

  @Override
  public TensorInfo info(String name) {
    return region(name).info();
  }

  @Override
  public float[] floats(String name) {
    long elements = region(name).info().elements();
    if (elements > MOST_ELEMENTS) {
      throw tooLarge(name, elements + " elements", "at most " + MOST_ELEMENTS);
    }
    float[] values = new float[(int) elements];
    read(name, 0, values);
    return values;
  }

  @Override
  public int read(String name, long from, float[] into) {
    TensorRegion region = region(name);
    DType dtype = region.info().dtype();
    if (from < 0) {
      throw new IllegalArgumentException("from is " + from + ", must be 0 or more");
    }
    int count = (int) Math.min(into.length, Math.max(0, region.info().elements() - from));
    if (!region.isContiguous() || region.negated()) {
      ByteBuffer whole = bytes(name).position(Math.toIntExact(from * dtype.bytes()));
      dtype.widen(whole, into, 0, count);
      return count;
    }
    ByteBuffer chunk = buffer(Math.min(CHUNK_BYTES, (long) count * dtype.bytes()));
    long offset = region.offset() + from * dtype.bytes();
    for (int done = 0; done < count; ) {
      int some = Math.min(count - done, CHUNK_BYTES / dtype.bytes());
      chunk.clear().limit(some * dtype.bytes());
      fill(name, chunk, offset);
      dtype.widen(chunk.flip(), into, done, some);
      done += some;
      offset += chunk.limit();
    }
    return count;
  }

  private void fill(String name, ByteBuffer chunk, long offset) {
    try {
      while (chunk.hasRemaining()) {
        int read = channel.read(chunk, offset + chunk.position());
        if (read < 0) {
          throw new InvalidInputException(
              where(name),
              "the end of the file at byte " + channel.size(),
              "data up to byte " + (offset + chunk.limit()),
              "the file was cut short while it was open: fetch or copy it again");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(where(name), e);
    }
  }

  @Override
  public ByteBuffer bytes(String name) {
    TensorRegion region = region(name);
    long bytes = region.isContiguous() ? region.info().bytes() : spanBytes(region);
    if (bytes > MOST_ELEMENTS) {
      throw tooLarge(name, bytes + " bytes", "at most " + MOST_ELEMENTS);
    }
    if (!region.isContiguous() || region.negated()) {
      ByteBuffer span = buffer(bytes);
      fill(name, span, region.offset());
      ByteBuffer elements = region.gather(span.flip());
      if (region.negated()) {
        region.negate(elements);
      }
      return readOnly(elements);
    }
    try {
      return readOnly(channel.map(MapMode.READ_ONLY, region.offset(), bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(where(name), e);
    }
  }

  private static long spanBytes(TensorRegion region) {
    return region.span() * region.info().dtype().bytes();
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer readOnly(ByteBuffer bytes) {
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public String source() {
    return file.toString();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private TensorRegion region(String name) {
    TensorRegion region = regions.get(name);
    if (region == null) {
      throw absent(file.toString(), name, names());
    }
    return region;
  }

  static InvalidInputException absent(String source, String name, Set<String> names) {
    String some = String.join(", ", names.stream().limit(5).toList());
    return new InvalidInputException(
        source,
        "no tensor " + name,
        "one of its " + names.size() + " names, such as " + some,
        "check that the file belongs to this model, and its key layout (with or without 'model.')");
  }

  private InvalidInputException tooLarge(String name, String found, String expected) {
    return new InvalidInputException(
        where(name), found, expected, "a tensor this large cannot be one array in Java");
  }

  private String where(String name) {
    return file + " tensor " + name;
  }
}
