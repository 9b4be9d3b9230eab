package io.buckbench.peft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.model.Architecture;
import io.buckbench.peft.full.FullConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares parameter counts with those that PEFT printed for the real opt-125m and opt-350m. */
class TrainableParametersTest {
  record Count(String model, String variant, long trainable) {}

  static List<Count> counts() throws IOException {
    List<Count> counts = new ArrayList<>();
    try (var in = TrainableParametersTest.class.getResourceAsStream("/parity/param_counts.json")) {
      for (var model : new ObjectMapper().readTree(in).properties()) {
        for (var entry : model.getValue().properties()) {
          JsonNode node = entry.getValue();
          long count = node.isObject() ? node.get("trainable").asLong() : node.asLong();
          counts.add(new Count(model.getKey(), entry.getKey(), count));
        }
      }
    }
    assertThat(counts).hasSize(43);
    return counts;
  }

  @ParameterizedTest
  @MethodSource("counts")
  void counts_of_trainable_parameters_equal_those_of_peft(Count count, @TempDir Path directory)
      throws IOException {
    Architecture shape = count.model().equals("opt-125m") ? Shapes.OPT_125M : Shapes.OPT_350M;
    MethodConfig config = config(count.variant(), shape, directory);
    assertThat(config.trainableParameters(shape)).isEqualTo(count.trainable());
  }

  /** The settings for a variant's name, such as {@code ptuning_48_h64_token_dim512}. */
  private static MethodConfig config(String variant, Architecture shape, Path directory)
      throws IOException {
    if (variant.equals("base_params_tied")) {
      return new FullConfig();
    }
    String[] parts = variant.split("_");
    // These counts use PEFT's default for a virtual token's width, the hidden size.
    int dim =
        Stream.of(parts)
            .filter(p -> p.startsWith("dim"))
            .map(p -> Integer.parseInt(p.substring(3)))
            .findFirst()
            .orElse(shape.shape().hidden());
    String hidden =
        Stream.of(parts)
            .filter(p -> p.matches("h\\d+"))
            .map(p -> ", \"encoder_hidden_size\": " + p.substring(1))
            .findFirst()
            .orElse("");
    String tokens = ", \"num_virtual_tokens\": " + parts[1] + ", \"token_dim\": " + dim + hidden;
    String json =
        switch (parts[0]) {
          case "lora" ->
              "\"LORA\", \"target_modules\": [\"q_proj\", \"v_proj\"], \"r\": "
                  + parts[2].substring(1);
          case "prompt" -> "\"PROMPT_TUNING\"" + tokens;
          case "ptuning" -> "\"P_TUNING\"" + tokens;
          case "prefix" ->
              "\"PREFIX_TUNING\"" + tokens + ", \"prefix_projection\": " + variant.contains("proj");
          case "ia3" ->
              parts[1].equals("default")
                  ? "\"IA3\""
                  : "\"IA3\", \"target_modules\": [\"k_proj\", \"v_proj\", \"fc2\"]";
          default -> throw new IllegalArgumentException(variant);
        };
    Path file = directory.resolve("adapter_config.json");
    Files.writeString(file, "{\"peft_type\": " + json + "}");
    return MethodConfig.read(file);
  }
}
