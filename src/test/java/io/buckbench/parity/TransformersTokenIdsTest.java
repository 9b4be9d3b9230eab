package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.data.Tokenizer;
import io.buckbench.model.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tokenizers of each style against Transformers: {@code src/bench/token_ids.py} wrote them.
 * -Dbuckbench.token.ids=DIR compares another output of it, such as one of 10,000 lines.
 */
class TransformersTokenIdsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER =
      Path.of(System.getProperty("buckbench.token.ids", "src/test/resources/parity/tokenizers"));

  static Stream<String> tokenizers() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readString(file).split("\n")) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static long[] ids(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void every_line_has_the_ids_of_transformers(String name) throws IOException {
    Path folder = FOLDER.resolve(name);
    List<JsonNode> lines = lines(FOLDER.resolve("lines.jsonl"));
    List<JsonNode> expected = lines(folder.resolve("expected.jsonl"));
    assertThat(expected).hasSize(lines.size() + 1);
    JsonNode head = expected.get(0);
    List<String> wrong = new ArrayList<>();
    try (Tokenizer tokenizer = Architecture.read(folder).openTokenizer(folder)) {
      assertThat(tokenizer.endId()).as("end").isEqualTo(head.get("end").asLong());
      assertThat(tokenizer.padId()).as("pad").isEqualTo(head.get("pad").asLong());
      assertThat(tokenizer.encode("")).as("front").isEqualTo(ids(head.get("front")));
      assertThat(tokenizer.largestId()).as("largest").isEqualTo(head.get("largest").asLong());
      for (int i = 0; i < lines.size(); i++) {
        String text = lines.get(i).get("text").asText();
        JsonNode row = expected.get(i + 1);
        long[] ids = ids(row.get("ids"));
        String decoded = row.path("decoded").asText(text);
        check(wrong, text, "ids", tokenizer.encodeContinuation(text), ids);
        check(wrong, text, "decoded", tokenizer.decode(ids, false), decoded);
        check(
            wrong,
            text,
            "skipped",
            tokenizer.decode(ids, true),
            row.path("skipped").asText(decoded));
      }
    }
    assertThat(wrong.size()).as("%s, first of %d:%n%s", name, wrong.size(), first(wrong)).isZero();
  }

  private static String first(List<String> wrong) {
    return String.join("\n", wrong.subList(0, Math.min(5, wrong.size())));
  }

  private static void check(
      List<String> wrong, String text, String what, Object found, Object expected) {
    String ours = JSON.valueToTree(found).toString();
    String theirs = JSON.valueToTree(expected).toString();
    if (!ours.equals(theirs)) {
      wrong.add(JSON.valueToTree(text) + " " + what + ": " + ours + ", expected " + theirs);
    }
  }
}
