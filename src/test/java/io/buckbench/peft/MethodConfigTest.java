package io.buckbench.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.buckbench.input.InvalidInputException;
import io.buckbench.peft.ia3.Ia3Config;
import io.buckbench.peft.lora.LoraConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MethodConfigTest {
  @TempDir Path directory;

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("benchmarks", "methods"))) {
      List<Path> json = files.filter(p -> p.toString().endsWith(".json")).sorted().toList();
      assertThat(json).hasSizeGreaterThan(20);
      return json;
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void every_shipped_method_file_is_valid_and_in_the_folder_of_its_method(Path file) {
    MethodConfig config = MethodConfig.read(file);
    assertThat(config.method().folder()).isEqualTo(file.getParent().getFileName().toString());
    config.check(Shapes.OPT_125M);
    config.check(Shapes.OPT_350M);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void every_shipped_method_file_is_written_and_read_back_unchanged(Path file) throws IOException {
    MethodConfig config = MethodConfig.read(file);
    var json = config.toJson(Shapes.OPT_350M).put("peft_type", config.method().name());
    MethodConfig again = MethodConfig.read(write(json.toString()));
    assertThat(again.toJson(Shapes.OPT_350M)).isEqualTo(config.toJson(Shapes.OPT_350M));
    assertThat(again.trainableParameters(Shapes.OPT_350M))
        .isEqualTo(config.trainableParameters(Shapes.OPT_350M));
  }

  @Test
  void missing_keys_take_the_defaults_of_peft() throws IOException {
    assertThat(MethodConfig.read(write("{\"peft_type\": \"LORA\"}")))
        .isEqualTo(LoraConfig.of(8, 8, 0, Optional.empty()));
    assertThat(MethodConfig.read(write("{\"peft_type\": \"IA3\"}")))
        .isEqualTo(new Ia3Config(Targets.defaults(), Optional.empty(), true));
    assertThat(LoraConfig.defaults().toJson(Shapes.OPT_125M).get("target_modules"))
        .hasToString("[\"q_proj\",\"v_proj\"]");
    assertThat(Ia3Config.defaults().toJson(Shapes.OPT_125M).get("target_modules"))
        .hasToString("[\"fc2\",\"k_proj\",\"q_proj\"]");
    assertThat(Ia3Config.defaults().toJson(Shapes.OPT_125M).get("feedforward_modules"))
        .hasToString("[\"fc2\"]");
  }

  @Test
  void all_problems_are_reported_together_with_file_line_and_key() throws IOException {
    Path file =
        write(
            """
            {"peft_type": "LORA",
             "r": 0,
             "lora_alpha": "16",
             "lora_dropout": 1.5,
             "target_modules": ["q_proj", 8],
             "kasa_config": {},
             "bias": "some",
             "rank": 8}
            """);
    InvalidInputException e =
        catchThrowableOfType(InvalidInputException.class, () -> MethodConfig.read(file));
    assertThat(e.problems())
        .extracting(p -> p.where().replace(file.toString(), "FILE"))
        .containsExactlyInAnyOrder(
            "FILE:2 key r",
            "FILE:3 key lora_alpha",
            "FILE:4 key lora_dropout",
            "FILE:5 key target_modules",
            "FILE:6 key kasa_config",
            "FILE:7 key bias",
            "FILE:8 key rank");
    assertThat(e).hasMessageContaining("found 0, expected at least 1");
    assertThat(e).hasMessageContaining("found [\"q_proj\",8], expected a list of names or one");
    assertThat(e).hasMessageContaining("found {}, expected null, PEFT's default");
    assertThat(e).hasMessageContaining("found an unknown key");
  }

  @Test
  void features_of_peft_that_are_switched_off_are_accepted() throws IOException {
    MethodConfig.read(
        write(
            "{\"peft_type\": \"LORA\", \"use_dora\": false, \"rank_pattern\": {}, \"peft_version\":"
                + " \"0.21.0\", \"megatron_core\": \"megatron.core\", \"modules_to_save\": null}"));
  }

  @Test
  void a_key_that_peft_does_not_have_is_accepted_only_when_null() throws IOException {
    String start = "{\"peft_type\": \"IA3\", \"of_the_future\": ";
    assertThat(MethodConfig.read(write(start + "null}"))).isEqualTo(Ia3Config.defaults());
    for (String value : List.of("false", "{}", "\"\"", "0")) {
      assertThatThrownBy(() -> MethodConfig.read(write(start + value + "}")))
          .hasMessageContaining("key of_the_future: found an unknown key");
    }
  }

  @Test
  void a_feature_is_off_where_python_finds_it_off() throws IOException {
    String start = "{\"peft_type\": \"LORA\", ";
    for (String off : List.of("false", "{}", "\"\"", "0", "[]", "null")) {
      MethodConfig.read(write(start + "\"megatron_config\": " + off + "}"));
    }
    // Python reads an empty object as these settings' defaults, which switches them on.
    for (String key : List.of("kasa_config", "velora_config", "arrow_config", "use_bdlora")) {
      assertThatThrownBy(() -> MethodConfig.read(write(start + "\"" + key + "\": {}}")))
          .hasMessageContaining("key " + key + ": found {}, expected null");
    }
  }

  @Test
  void an_unsupported_or_missing_peft_type_is_refused() throws IOException {
    assertThatThrownBy(() -> MethodConfig.read(write("{\"peft_type\": \"ADALORA\", \"r\": 1}")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("key peft_type: found ADALORA, expected one of [LORA,");
    assertThatThrownBy(() -> MethodConfig.read(write("{\"r\": 1}")))
        .hasMessageContaining("key peft_type: found nothing");
  }

  @Test
  void a_file_that_is_not_a_json_object_is_refused_with_its_line() throws IOException {
    assertThatThrownBy(() -> MethodConfig.read(directory.resolve("none.json")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.json: found no such file");
    assertThatThrownBy(() -> MethodConfig.read(write("{\n\"r\": 1,\n\"r\": 2}")))
        .hasMessageContaining(":3: found Duplicate field 'r'");
    assertThatThrownBy(() -> MethodConfig.read(write("[1]")))
        .hasMessageContaining("expected one JSON object");
  }

  @Test
  void an_adapter_of_another_task_is_refused() throws IOException {
    assertThatThrownBy(
            () -> MethodConfig.read(write("{\"peft_type\": \"LORA\", \"task_type\": \"SEQ_CLS\"}")))
        .hasMessageContaining("key task_type: found SEQ_CLS, expected CAUSAL_LM");
  }

  @Test
  void the_number_of_virtual_tokens_is_required_and_leaves_room_for_the_text() throws IOException {
    for (String type : List.of("PROMPT_TUNING", "P_TUNING", "PREFIX_TUNING")) {
      String head = "{\"peft_type\": \"" + type + "\"";
      assertThatThrownBy(() -> MethodConfig.read(write(head + "}")))
          .hasMessageContaining("key num_virtual_tokens: found nothing");
      assertThatThrownBy(() -> MethodConfig.read(write(head + ", \"num_virtual_tokens\": 0}")))
          .hasMessageContaining("key num_virtual_tokens: found 0, expected at least 1");
      MethodConfig many = MethodConfig.read(write(head + ", \"num_virtual_tokens\": 32}"));
      assertThatThrownBy(() -> many.check(Shapes.TINY_BEFORE))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("num_virtual_tokens: found 32, expected fewer than the model's 32");
      many.check(Shapes.OPT_125M);
    }
  }

  @Test
  void all_settings_of_another_shape_are_reported_together() throws IOException {
    MethodConfig config =
        MethodConfig.read(
            write(
                "{\"peft_type\": \"PROMPT_TUNING\", \"num_virtual_tokens\": 4, \"token_dim\": 768,"
                    + " \"num_layers\": 12, \"num_attention_heads\": 12}"));
    config.check(Shapes.OPT_125M);
    InvalidInputException e =
        catchThrowableOfType(InvalidInputException.class, () -> config.check(Shapes.OPT_350M));
    assertThat(e.problems()).hasSize(3);
    assertThat(e).hasMessageContaining("token_dim: found 768, expected 512");
  }

  @Test
  void an_unsupported_encoder_is_refused() throws IOException {
    assertThatThrownBy(
            () ->
                MethodConfig.read(
                    write(
                        "{\"peft_type\": \"P_TUNING\", \"num_virtual_tokens\": 4,"
                            + " \"encoder_reparameterization_type\": \"LSTM\"}")))
        .hasMessageContaining("encoder_reparameterization_type: found LSTM, expected MLP");
  }

  @Test
  void an_initialisation_from_text_requires_its_text_and_tokenizer() throws IOException {
    assertThatThrownBy(
            () ->
                MethodConfig.read(
                    write(
                        "{\"peft_type\": \"PROMPT_TUNING\", \"num_virtual_tokens\": 4,"
                            + " \"prompt_tuning_init\": \"TEXT\"}")))
        .hasMessageContaining("key prompt_tuning_init_text: found nothing")
        .hasMessageContaining("key tokenizer_name_or_path: found nothing");
  }

  @Test
  void feedforward_modules_must_be_targets() throws IOException {
    assertThatThrownBy(
            () ->
                MethodConfig.read(
                    write(
                        "{\"peft_type\": \"IA3\", \"target_modules\": [\"k_proj\"],"
                            + " \"feedforward_modules\": [\"fc1\"]}")))
        .hasMessageContaining("feedforward_modules: found fc1, which is not in target_modules");
  }

  private Path write(String json) throws IOException {
    return Files.writeString(directory.resolve("adapter_config.json"), json);
  }
}
