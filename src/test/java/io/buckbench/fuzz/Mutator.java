package io.buckbench.fuzz;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.buckbench.input.JsonValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes a content at random: its bytes, or a value of its structure. The seed decides all. */
final class Mutator {
  private static final JsonMapper JSON = new JsonMapper();

  /** Pieces that readers stumble over. */
  private static final List<String> PIECES =
      List.of(
          "null",
          "-1",
          "0",
          "1e999",
          "-1e999",
          "1e-999999999",
          "1e999999999",
          "2147483647",
          "2147483648",
          "9223372036854775808",
          "0.1",
          "NaN",
          "Infinity",
          "true",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "{}",
          "[]",
          "\0",
          "\uFEFF",
          "\uD83D\uDE00",
          "../../x",
          "/",
          ",",
          "\"",
          "\\",
          "\r\n",
          "#",
          "[".repeat(3000),
          "{\"a\":".repeat(3000),
          "x".repeat(300),
          "9".repeat(400));

  private final SplittableRandom random;

  Mutator(long seed) {
    this.random = new SplittableRandom(seed);
  }

  byte[] mutant(Format format) {
    byte[] content = format.seeds().get(random.nextInt(format.seeds().size()));
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      boolean structure = format.kind() != Format.Kind.BYTES && random.nextInt(4) != 0;
      content = structure ? structure(format.kind(), content) : bytes(content);
    }
    return content;
  }

  private byte[] structure(Format.Kind kind, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (kind == Format.Kind.JSON) {
      return json(content);
    }
    String[] lines = text.split("\n", -1);
    int line = random.nextInt(lines.length);
    if (kind == Format.Kind.JSON_LINES) {
      lines[line] =
          new String(json(lines[line].getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    } else {
      String[] cells = lines[line].split(",", -1);
      cells[random.nextInt(cells.length)] = piece();
      lines[line] = String.join(",", cells);
    }
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private String piece() {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private byte[] json(byte[] content) {
    try {
      JsonNode root = JSON.readTree(content);
      List<JsonPointer> places = root == null ? List.of() : JsonValues.of(root);
      if (places.isEmpty()) {
        return bytes(content);
      }
      JsonPointer place = places.get(random.nextInt(places.size()));
      JsonNode parent = root.at(place.head());
      int kind = random.nextInt(4);
      if (kind == 0 && !(parent instanceof ArrayNode)) {
        return JSON.writeValueAsBytes(JsonValues.with(root, place, MissingNode.getInstance()));
      }
      if (kind == 1) {
        JsonNode other = root.at(places.get(random.nextInt(places.size())));
        return JSON.writeValueAsBytes(JsonValues.with(root, place, other.deepCopy()));
      }
      // A piece may be no JSON by itself, so it is put into the text.
      String mark = "\"fuzz-mark\"";
      JsonNode marked = JSON.getNodeFactory().textNode("fuzz-mark");
      String text = JSON.writeValueAsString(JsonValues.with(root, place, marked));
      return text.replace(mark, piece()).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      return bytes(content);
    }
  }

  private byte[] bytes(byte[] content) {
    if (content.length == 0) {
      return piece().getBytes(StandardCharsets.UTF_8);
    }
    int at = random.nextInt(content.length);
    int end = Math.min(content.length, at + 1 + random.nextInt(1 << random.nextInt(8)));
    byte[] changed = content.clone();
    switch (random.nextInt(8)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[at] = (byte) random.nextInt(256);
      case 2 -> Arrays.fill(changed, at, end, (byte) (random.nextBoolean() ? 0xFF : 0));
      case 3 -> {
        return Arrays.copyOf(content, at);
      }
      case 4 -> {
        return joined(content, at, new byte[0], end);
      }
      case 5 -> {
        return joined(content, at, piece().getBytes(StandardCharsets.UTF_8), at);
      }
      case 6 -> {
        return joined(content, end, Arrays.copyOfRange(content, at, end), end);
      }
      default -> {
        return new String(content, StandardCharsets.ISO_8859_1)
            .getBytes(random.nextBoolean() ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16);
      }
    }
    return changed;
  }

  /** The content up to a position, a piece, and the content from another position on. */
  private static byte[] joined(byte[] content, int to, byte[] piece, int from) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(content, 0, to);
    all.writeBytes(piece);
    all.write(content, from, content.length - from);
    return all.toByteArray();
  }
}
