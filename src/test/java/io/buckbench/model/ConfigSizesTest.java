package io.buckbench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sizes in a {@code config.json} that no model has, of every family. */
class ConfigSizesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Architecture read(ObjectNode config) {
    return Families.read("config.json", config.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void two_thousand_million_of_anything_is_refused_or_needs_no_memory_in_every_family()
      throws IOException {
    List<String> families = new ArrayList<>();
    for (Path file : Folders.files(Path.of("benchmarks/shapes"))) {
      if (!file.endsWith("config.json")) {
        continue;
      }
      ObjectNode config = (ObjectNode) MAPPER.readTree(file.toFile());
      families.add(config.path("model_type").asText());
      for (String key : integers(config)) {
        ObjectNode huge = config.deepCopy().put(key, Integer.MAX_VALUE);
        if (key.equals("num_hidden_layers") || key.equals("n_layer")) {
          assertThatThrownBy(() -> read(huge))
              .as(file + " " + key)
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("config.json")
              .hasMessageContaining("number of layers: found 2147483647, expected at most 10000");
        } else {
          readOrRefuse(huge);
        }
      }
    }
    assertThat(families)
        .contains("opt", "gpt2", "llama", "mistral", "qwen2", "qwen3", "bloom", "gpt_neox");
  }

  private static void readOrRefuse(ObjectNode config) {
    try {
      Architecture model = read(config);
      assertThat(model.weights()).isNotEmpty();
    } catch (InvalidInputException e) {
      assertThat(e.getMessage()).contains("config.json");
    }
  }

  private static List<String> integers(JsonNode config) {
    List<String> keys = new ArrayList<>();
    config
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isInt()) {
                keys.add(entry.getKey());
              }
            });
    return keys;
  }
}
