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
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Hugging Face's safetensors format: eight bytes of header length, a JSON header, the tensors'
 * bytes.
 *
 * <p>Source: github.com/huggingface/safetensors, README, section "Format".
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A tensor to write.
   *
   * @param dtype {@link DType#F32} or {@link DType#F16}
   * @param shape the length of each axis
   * @param data the values, row-major and little-endian, from the buffer's position to its limit
   */
  public record Tensor(DType dtype, long[] shape, ByteBuffer data) {
    /** Checks that the data has the length that type and shape require. */
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

    /** Creates a tensor of float32 values, row-major. */
    public static Tensor of(long[] shape, float... values) {
      ByteBuffer data =
          ByteBuffer.allocate(Math.multiplyExact(4, values.length)).order(ByteOrder.LITTLE_ENDIAN);
      data.asFloatBuffer().put(values);
      return new Tensor(DType.F32, shape, data);
    }

    /** Creates a tensor of values rounded to float16, row-major. */
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
   * Opens a file and checks its complete header. Values are read on request.
   *
   * @throws InvalidInputException naming file and tensor, if the header is too long, is not JSON,
   *     names a tensor twice, or places tensors outside the data, over each other, or with a number
   *     of bytes that does not match type and shape
   */
  public static NamedTensors read(Path file) {
    return FileTensors.open(file, SafetensorsHeader::read);
  }

  /**
   * Writes all tensors; on failure an existing file stays unchanged. As in the reference writer,
   * tensors of the wider type come first, so that every tensor is aligned; otherwise the order of
   * the map is kept.
   *
   * @param metadata written under {@code __metadata__}; Transformers requires {@code format = pt}
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
    // Spaces after the JSON align the data to eight bytes.
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  private static void writeFully(FileChannel channel, ByteBuffer data) throws IOException {
    while (data.hasRemaining()) {
      channel.write(data);
    }
  }
}
