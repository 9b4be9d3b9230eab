package io.buckbench.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.findings.RunFixtures;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenCheckTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path dir;
  private Path file;
  private JsonNode whole;

  @BeforeEach
  void golden() throws IOException {
    file = new GoldenStore(dir).write(SuiteResults.of(RunFixtures.row("lora_8", 3, 4), List.of()));
    whole = JSON.readTree(file.toFile());
  }

  private void write(JsonNode changed) throws IOException {
    Files.writeString(file, JSON.writeValueAsString(changed));
  }

  private String firstTestSet() {
    return whole.get("testSets").fieldNames().next();
  }

  private ObjectNode firstTrial(JsonNode root) {
    return (ObjectNode) root.at("/rows/lora_8/trials/0");
  }

  @Test
  void every_value_is_needed_in_its_type() throws IOException {
    assertThat(GoldenStore.read(file).rows()).hasSize(1);
    int cases = 0;
    for (JsonPointer place : JsonValues.of(whole)) {
      // One test item and one loss stand for all.
      boolean another = place.toString().matches(".*/(ids|answers|losses)/.*[1-9].*");
      for (JsonNode other :
          another ? List.<JsonNode>of() : JsonValues.others(JSON, whole.at(place))) {
        write(JsonValues.with(whole, place, other));
        assertThatThrownBy(() -> GoldenStore.read(file))
            .as(place + " = " + other)
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining(file.toString());
        cases++;
      }
    }
    assertThat(cases).isGreaterThan(50);
  }

  @Test
  void fewer_answers_than_test_items_are_refused_by_key() throws IOException {
    JsonNode changed = whole.deepCopy();
    firstTrial(changed).putArray("answers").add("yn");
    write(changed);
    assertThatThrownBy(() -> GoldenStore.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            file + " key rows.lora_8.trials seed 1 answers: found 2 letters for ");
  }

  @Test
  void contradictions_are_refused_by_key() throws IOException {
    JsonNode changed = whole.deepCopy();
    ((ObjectNode) changed.at("/rows/lora_8")).put("testSet", "none");
    write(changed);
    assertThatThrownBy(() -> GoldenStore.read(file))
        .hasMessageContaining("key rows.lora_8.testSet: found 'none'");

    changed = whole.deepCopy();
    firstTrial(changed).putObject("others").put("maybe", "999 x");
    write(changed);
    assertThatThrownBy(() -> GoldenStore.read(file))
        .hasMessageContaining("others: found the test item '999'");

    changed = whole.deepCopy();
    ((ObjectNode) changed.get("verdicts")).put("h", "MAYBE");
    write(changed);
    assertThatThrownBy(() -> GoldenStore.read(file))
        .hasMessageContaining("key verdicts.h: found MAYBE");

    changed = whole.deepCopy();
    ((ObjectNode) changed.at("/testSets/" + firstTestSet())).put("wanted", "y");
    write(changed);
    assertThatThrownBy(() -> GoldenStore.read(file))
        .hasMessageContaining(".wanted: found 1 letters for");

    changed = whole.deepCopy();
    ((ObjectNode) changed.at("/rows")).set("other", changed.at("/rows/lora_8").deepCopy());
    write(changed);
    assertThatThrownBy(() -> GoldenStore.read(file))
        .hasMessageContaining("key rows.other.configuration: found lora_8, expected other");
  }

  @Test
  void a_golden_file_of_another_encoding_or_nesting_is_refused_by_name() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0});
    assertThatThrownBy(() -> GoldenStore.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file + ": found bytes that are not UTF-8");
    Files.writeString(file, "[".repeat(100_000));
    assertThatThrownBy(() -> GoldenStore.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString());
    Files.writeString(file, "{\"format\":1,\"rows\":[1,null]}");
    assertThatThrownBy(() -> GoldenStore.read(file)).isInstanceOf(InvalidInputException.class);
  }
}
