package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Missing files are not compared, and wrong numbers are found. */
class ParityCheckTest {
  private static final Path A = Path.of("src", "test", "resources", "parity", "A");

  /** No start agrees with a wrong number, so few are enough. */
  private static final int STARTS = 4;

  @TempDir Path directory;

  @BeforeEach
  void copyModel() throws IOException {
    copy("model/config.json");
    copy("model/model.safetensors");
    copy("batches.json");
  }

  @Test
  void only_existing_files_are_compared() throws IOException {
    copy("ia3_default/adapter_init/adapter_config.json");
    copy("ia3_default/init.safetensors");
    copy("ia3_default/logits.safetensors");
    ParityReport report = ParityCheck.run(directory);
    assertThat(report.rows().stream().filter(r -> r.quantity().startsWith("logits"))).hasSize(4);
    assertThat(report.rows()).extracting(ParityRow::quantity).doesNotContain("10 losses right");
    assertThat(report.passed()).isTrue();
  }

  @Test
  void a_deviation_above_the_tolerance_fails_and_is_reported() throws IOException {
    copy("lora_qv_r4/adapter_init/adapter_config.json");
    copy("lora_qv_r4/init.safetensors");
    Path file = copy("lora_qv_r4/logits.safetensors");
    change(file, "full", 0.002f);
    ParityReport report = ParityCheck.run(directory);
    assertThat(report.passed()).isFalse();
    assertThat(report.failures()).hasSize(1);
    ParityRow row = report.failures().get(0);
    assertThat(row.quantity()).isEqualTo("logits full");
    assertThat(row.maxAbsoluteError()).isBetween(0.0019, 0.0021);
    assertThat(report.table())
        .contains(directory.getFileName() + "/lora_qv_r4")
        .containsPattern("logits full +2\\.0\\de-03 .* 1\\.0e-04 abs +FAIL")
        .containsPattern("logits right .* ok")
        .contains(" 1 beyond their tolerance");
  }

  @Test
  void padding_is_not_compared() throws IOException {
    copy("lora_qv_r4/adapter_init/adapter_config.json");
    copy("lora_qv_r4/init.safetensors");
    // The last row's last token of the right-padded batch is padding.
    changeLast(copy("lora_qv_r4/logits.safetensors"), "right");
    assertThat(ParityCheck.run(directory).passed()).isTrue();
  }

  @Test
  void a_wrong_initial_tensor_makes_all_later_quantities_fail() throws IOException {
    for (String file :
        new String[] {
          "init.safetensors",
          "logits.safetensors",
          "grads_right.safetensors",
          "result.json",
          "adapter_init/adapter_config.json",
          "final_right.safetensors"
        }) {
      copy("prefix_5/" + file);
    }
    change(directory.resolve("prefix_5/init.safetensors"), null, 1.5f);
    assertThat(ParityCheck.run(directory, STARTS).failures())
        .extracting(ParityRow::quantity)
        .contains("logits right", "gradients right", "after 10 steps right");
  }

  @Test
  void a_loss_that_rounding_cannot_explain_fails_after_all_starts() throws IOException {
    copy("ia3_kv_fc2/adapter_init/adapter_config.json");
    copy("ia3_kv_fc2/init.safetensors");
    Path file = copy("ia3_kv_fc2/result.json");
    ObjectNode result = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    ArrayNode losses = (ArrayNode) result.get("train_losses_full");
    losses.set(3, losses.get(3).doubleValue() * 1.0002);
    new ObjectMapper().writeValue(file.toFile(), result);
    assertThat(ParityCheck.run(directory, STARTS).failures())
        .extracting(ParityRow::quantity)
        .containsExactly("10 losses full, none of " + STARTS + " starts equal to rounding");
  }

  @Test
  void a_training_that_depends_on_rounding_agrees_from_another_start() throws IOException {
    // The reference's own operations take the recorded path from about 1 start in 32.
    copy("lora_all_r2/adapter_init/adapter_config.json");
    copy("lora_all_r2/init.safetensors");
    copy("lora_all_r2/result.json");
    copy("lora_all_r2/final_full.safetensors");
    ParityReport report = ParityCheck.run(directory);
    assertThat(report.failures()).isEmpty();
    assertThat(report.rows())
        .filteredOn(r -> r.quantity().startsWith("10 losses full"))
        .allMatch(r -> r.maxRelativeError() < 1e-4)
        .hasSize(1);
  }

  @Test
  void a_directory_that_is_missing_or_has_no_method_folder_is_refused() {
    assertThatThrownBy(() -> ParityCheck.run(directory.resolve("none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found no such directory");
    assertThatThrownBy(() -> ParityCheck.run(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found no method folder");
  }

  @Test
  void a_missing_initial_tensor_is_reported() throws IOException {
    copy("lora_qv_r4/adapter_init/adapter_config.json");
    Files.createDirectories(directory.resolve("lora_qv_r4"));
    Files.copy(
        A.resolve("prompt_5/init.safetensors"), directory.resolve("lora_qv_r4/init.safetensors"));
    assertThatThrownBy(() -> ParityCheck.run(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("lora_A.weight: found nothing, expected every trainable tensor");
  }

  @Test
  void the_deviation_of_nan_is_infinite() {
    assertThat(Deviation.of(Double.NaN, 1).absolute()).isInfinite();
    assertThat(Deviation.of(new double[] {Double.NaN, 1}, new double[] {1, 1}).absolute())
        .isInfinite();
    assertThat(Deviation.of(new double[2], new double[3]).relative()).isInfinite();
    assertThat(CaseRows.LOGITS.allows(Deviation.of(Double.NaN, 1))).isFalse();
  }

  private Path copy(String file) throws IOException {
    Path target = directory.resolve(file);
    Files.createDirectories(target.getParent());
    return Files.copy(A.resolve(file), target);
  }

  /** Adds to the first value of one tensor, or of all. */
  private static void change(Path file, String tensor, float by) {
    Map<String, Safetensors.Tensor> changed = new LinkedHashMap<>();
    try (NamedTensors tensors = Safetensors.read(file)) {
      for (String name : tensors.names()) {
        float[] values = tensors.floats(name);
        values[0] += tensor == null || name.equals(tensor) ? by : 0;
        changed.put(name, Safetensors.Tensor.of(tensors.info(name).shape(), values));
      }
    }
    Safetensors.write(file, changed, Map.of());
  }

  private static void changeLast(Path file, String tensor) {
    Map<String, Safetensors.Tensor> changed = new LinkedHashMap<>();
    try (NamedTensors tensors = Safetensors.read(file)) {
      for (String name : tensors.names()) {
        float[] values = tensors.floats(name);
        values[values.length - 1] += name.equals(tensor) ? 1 : 0;
        changed.put(name, Safetensors.Tensor.of(tensors.info(name).shape(), values));
      }
    }
    Safetensors.write(file, changed, Map.of());
  }
}
