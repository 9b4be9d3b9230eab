package io.buckbench.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.model.Architecture;
import io.buckbench.model.FamilyModels;
import io.buckbench.peft.MethodConfig;
import io.buckbench.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the estimate of a step's memory depends on, without measuring. */
class KeptActivationsTest {
  private static final long TOKENS = 64;

  @TempDir Path folder;

  private final Architecture model = FamilyModels.of("llama", "num_hidden_layers", 6);

  private long floats(String settings) throws IOException {
    Path file = Files.writeString(folder.resolve("method.json"), settings);
    MethodConfig method = MethodConfig.read(file);
    long trained = 16 * method.trainableParameters(model);
    return (MemoryEstimate.training(model, method, Precision.FLOAT32, 1, TOKENS, 2) - trained)
        / Float.BYTES;
  }

  private static String lora(String more) {
    return "{\"peft_type\": \"LORA\", \"r\": 2, " + more + "}";
  }

  @Test
  void modules_with_the_same_input_keep_it_once() throws IOException {
    long one = floats(lora("\"target_modules\": [\"q_proj\"]"));
    assertThat(floats(lora("\"target_modules\": [\"q_proj\", \"k_proj\", \"v_proj\"]")))
        .isEqualTo(one);
    long inner = TOKENS * model.shape().feedForward() * (model.shape().layers() - 1);
    assertThat(floats(lora("\"target_modules\": [\"q_proj\", \"down_proj\"]")))
        .isEqualTo(one + inner);
    assertThat(floats(lora("\"target_modules\": [\"q_proj\", \"o_proj\"]")))
        .as("attention keeps its output in any case")
        .isEqualTo(one);
  }

  @Test
  void dropout_keeps_its_factors_and_its_result_for_each_module() throws IOException {
    String modules = "\"target_modules\": [\"q_proj\", \"v_proj\"]";
    long without = floats(lora(modules));
    long hidden = TOKENS * model.shape().hidden();
    int layers = model.shape().layers();
    // Of the last layer only values, for all tokens.
    long with = without + hidden * (3L * (layers - 1) + 1);
    assertThat(floats(lora(modules + ", \"lora_dropout\": 0.1"))).isEqualTo(with);
  }

  @Test
  void layers_before_the_first_trained_one_keep_nothing() throws IOException {
    String modules = "\"target_modules\": [\"q_proj\"]";
    long all = floats(lora(modules));
    long upper = floats(lora(modules + ", \"layers_to_transform\": [3, 4, 5]"));
    long none =
        floats("{\"peft_type\": \"LN_TUNING\", \"target_modules\": [\"5.input_layernorm\"]}");
    long layer = model.activations().keptPerToken() + model.shape().hidden();
    assertThat(all - upper).isEqualTo(3 * TOKENS * layer);
    assertThat(none).as("a norm's weight has no layer of its own").isGreaterThan(upper);
  }
}
