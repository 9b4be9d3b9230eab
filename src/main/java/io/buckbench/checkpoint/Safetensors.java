package io.buckbench.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Hugging Face's safetensors: eight bytes of header length, a JSON header, the tensors' bytes.
 *
 * <p>Source: the format's own description, github.com/huggingface/safetensors, README, section
 * "Format".
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A tensor to be written.
   *
   * @param dtype {@link DType#F32} or {@link DType#F16}
   * @param shape the length of each axis
   * @param data the values, row-major and little-endian, from the buffer's position to its limit
   */
  public record Tensor(DType dtype, long[] shape, ByteBuffer data) {
    /** Checks that data and shape fit each other. */
    public Tensor {
      if (dtype != DType.F32 && dtype != DType.F16) {
        throw new IllegalArgumentException("dtype is " + dtype + ", must be F32 or F16");
      }
      long bytes = new TensorInfo(dtype, shape).bytes();
      if (data.remaining() != bytes) {
        throw new IllegalArgumentException(
            "data has "
                + data.remaining()
                + " bytes, "
                + dtype
                + Arrays.toString(shape)
                + " needs "
                + bytes);
      }
      shape = shape.clone();
    }

    /** Float32 values, row-major. */
    public static Tensor of(long[] shape, float... values) {
      ByteBuffer data =
          ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
      data.asFloatBuffer().put(values);
      return new Tensor(DType.F32, shape, data);
    }

    /** Values rounded to float16, row-major. */
    public static Tensor ofHalf(long[] shape, float... values) {
      ByteBuffer data =
          ByteBuffer.allocate(Math.multiplyExact(2, values.length)).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : values) {
        data.putShort(Half.fromFloat(value));
      }
      return new Tensor(DType.F16, shape, data.flip());
    }

    @Override
    public long[] shape() {
      return shape.clone();
    }
  }

  private Safetensors() {}

  /**
   * Opens a file and checks all of its header; values stay on disk until asked for.
   *
   * @throws InvalidInputException naming file and tensor, for a header that is too long, not JSON,
   *     names a tensor twice, or places tensors outside the data, over each other, or with another
   *     number of bytes than type and shape ask for
   */
  public static NamedTensors read(Path file) {
    FileChannel channel = open(file);
    try {
      SafetensorsHeader header = SafetensorsHeader.read(file, channel);
      return new FileTensors(file, channel, header.regions(), header.metadata());
    } catch (IOException e) {
      throw closing(channel, new UncheckedIOException(file.toString(), e));
    } catch (RuntimeException e) {
      throw closing(channel, e);
    }
  }

  /**
   * Writes all tensors or, on any failure, leaves what was there. The wider type comes first, as
   * the reference writer does, so that every tensor is aligned; otherwise the map's order is kept.
   *
   * @param metadata written under {@code __metadata__}; Transformers wants {@code format = pt}
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    List<Map.Entry<String, Tensor>> ordered =
        tensors.entrySet().stream()
            .sorted(Comparator.comparing(e -> -e.getValue().dtype().bytes()))
            .toList();
    byte[] header = header(ordered, metadata);
    Path target = file.toAbsolutePath();
    try {
      Path draft = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
      try {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
          ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
          writeFully(channel, length.putLong(header.length).flip());
          writeFully(channel, ByteBuffer.wrap(header));
          for (Map.Entry<String, Tensor> tensor : ordered) {
            writeFully(channel, tensor.getValue().data().duplicate());
          }
          channel.force(true);
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static byte[] header(
      List<Map.Entry<String, Tensor>> ordered, Map<String, String> metadata) {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode text = root.putObject(SafetensorsHeader.METADATA);
      metadata.forEach(text::put);
    }
    long begin = 0;
    for (Map.Entry<String, Tensor> entry : ordered) {
      if (entry.getKey().equals(SafetensorsHeader.METADATA)) {
        throw new IllegalArgumentException("a tensor may not be named " + entry.getKey());
      }
      Tensor tensor = entry.getValue();
      ObjectNode node = root.putObject(entry.getKey());
      node.put("dtype", tensor.dtype().name());
      Arrays.stream(tensor.shape()).forEach(node.putArray("shape")::add);
      long end = begin + tensor.data().remaining();
      node.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    // Spaces behind the JSON put the data on a multiple of eight bytes.
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  static FileChannel open(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          file.toString(), "no such file", "a file of tensors", "check the path, or fetch it", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  static RuntimeException closing(FileChannel channel, RuntimeException cause) {
    try {
      channel.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }

  private static void writeFully(FileChannel channel, ByteBuffer data) throws IOException {
    while (data.hasRemaining()) {
      channel.write(data);
    }
  }
}
