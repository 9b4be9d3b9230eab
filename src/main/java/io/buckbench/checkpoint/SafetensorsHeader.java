package io.buckbench.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import io.buckbench.input.Problems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the header of a safetensors file and checks every entry. */
final class SafetensorsHeader {
  /** The only key that does not name a tensor. */
  static final String METADATA = "__metadata__";

  /** The limit of the reference reader; real headers are much smaller. */
  static final long MOST_BYTES = 100_000_000;

  private static final Set<String> KEYS = Set.of("dtype", "shape", "data_offsets");
  private static final String DAMAGED = "the file is damaged or forged: fetch it again";

  private SafetensorsHeader() {}

  static NamedTensors read(Path file, FileChannel channel) throws IOException {
    long fileBytes = channel.size();
    if (fileBytes < 8) {
      throw new InvalidInputException(
          file.toString(), fileBytes + " bytes", "at least 8 bytes of header length", DAMAGED);
    }
    ChannelInput in = new ChannelInput(file + " header", channel, 0, fileBytes);
    long headerBytes = in.int64();
    long most = Math.min(MOST_BYTES, fileBytes - 8);
    if (headerBytes < 2 || headerBytes > most) {
      throw new InvalidInputException(
          file + " header",
          "a length of " + Long.toUnsignedString(headerBytes) + " bytes",
          "2 to " + most,
          DAMAGED);
    }
    JsonObject root = JsonObject.parse(file + " header", in.bytes(headerBytes), DAMAGED);
    long dataAt = 8 + headerBytes;
    Map<String, String> metadata = root.texts(METADATA);
    Map<String, TensorRegion> regions = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        String where = file + " tensor " + entry.getKey();
        try {
          regions.put(entry.getKey(), region(where, entry.getValue(), dataAt, fileBytes));
        } catch (InvalidInputException e) {
          root.problems(e);
        }
      }
    }
    root.throwIfAny();
    noneOverlaps(file, regions, dataAt, fileBytes);
    return new FileTensors(file, channel, regions, metadata);
  }

  private static TensorRegion region(String where, JsonNode node, long dataAt, long fileBytes) {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    if (!node.isObject() || !keys.equals(KEYS)) {
      throw new InvalidInputException(
          where, node.toString(), "an object with dtype, shape and data_offsets", DAMAGED);
    }
    TensorInfo info = info(where, dtype(where, node.get("dtype")), node.get("shape"));
    long[] offsets = longs(where, "data_offsets", node.get("data_offsets"));
    long dataBytes = fileBytes - dataAt;
    if (offsets.length != 2
        || offsets[0] < 0
        || offsets[0] > offsets[1]
        || offsets[1] > dataBytes) {
      throw new InvalidInputException(
          where,
          "data_offsets " + Arrays.toString(offsets),
          "[begin, end] within the file's " + dataBytes + " bytes of data",
          DAMAGED);
    }
    if (offsets[1] - offsets[0] != info.bytes()) {
      throw new InvalidInputException(
          where,
          (offsets[1] - offsets[0]) + " bytes",
          info.bytes() + " bytes for " + info,
          DAMAGED);
    }
    return TensorRegion.contiguous(info, dataAt + offsets[0]);
  }

  private static DType dtype(String where, JsonNode node) {
    for (DType dtype : DType.values()) {
      if (dtype.name().equals(node.asText())) {
        return dtype;
      }
    }
    throw new InvalidInputException(
        where,
        "dtype " + node,
        Arrays.stream(DType.values())
            .map(DType::name)
            .collect(Collectors.joining(", ", "one of ", "")),
        "convert the file to one of these types");
  }

  private static TensorInfo info(String where, DType dtype, JsonNode shape) {
    try {
      return new TensorInfo(dtype, longs(where, "shape", shape));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          where, e.getMessage(), "a shape whose bytes fit the file", DAMAGED, e);
    }
  }

  private static long[] longs(String where, String key, JsonNode node) {
    boolean whole = node.isArray();
    for (JsonNode number : node) {
      whole &= number.isIntegralNumber() && number.canConvertToLong();
    }
    if (!whole) {
      throw new InvalidInputException(
          where, key + " " + node, "an array of whole numbers", DAMAGED);
    }
    long[] longs = new long[node.size()];
    Arrays.setAll(longs, i -> node.get(i).asLong());
    return longs;
  }

  /** The format allows neither overlaps nor holes: each byte of data belongs to one tensor. */
  private static void noneOverlaps(
      Path file, Map<String, TensorRegion> regions, long dataAt, long fileBytes) {
    Problems problems = new Problems();
    List<Map.Entry<String, TensorRegion>> byOffset =
        regions.entrySet().stream()
            .sorted(
                Comparator.comparingLong(
                        (Map.Entry<String, TensorRegion> e) -> e.getValue().offset())
                    .thenComparingLong(e -> e.getValue().info().bytes()))
            .toList();
    long end = dataAt;
    String before = "the header";
    for (Map.Entry<String, TensorRegion> entry : byOffset) {
      long begin = entry.getValue().offset();
      if (begin != end) {
        problems.add(
            file + " tensor " + entry.getKey(),
            "data from byte " + begin + (begin < end ? ", over " : ", with a hole after ") + before,
            "data from byte " + end + ", directly after " + before,
            DAMAGED);
      }
      end = Math.max(end, begin + entry.getValue().info().bytes());
      before = "tensor " + entry.getKey();
    }
    if (end != fileBytes) {
      problems.add(
          file.toString(), fileBytes + " bytes", end + " bytes, the end of " + before, DAMAGED);
    }
    problems.throwIfAny();
  }
}
