package io.buckbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final String INDEX = "model.safetensors.index.json";

  @TempDir Path directory;

  private void shard(String file, String tensor, float value) {
    Safetensors.write(
        directory.resolve(file),
        Map.of(tensor, Safetensors.Tensor.of(new long[] {1}, value)),
        Map.of());
  }

  private void index(String json) throws IOException {
    Files.writeString(directory.resolve(INDEX), json);
  }

  @Test
  void a_directory_without_weights_is_refused_with_the_known_file_names() {
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no weight file")
        .hasMessageContaining(
            "one of model.safetensors, model.safetensors.index.json, pytorch_model.bin,"
                + " pytorch_model.bin.index.json");
    assertThatThrownBy(() -> Checkpoint.open(directory.resolve("gone")))
        .hasMessageContaining("no such directory");
  }

  @Test
  void shards_are_one_checkpoint_in_the_order_of_their_index() throws IOException {
    shard("one.safetensors", "b", 1);
    shard("two.safetensors", "a", 2);
    index("{\"weight_map\":{\"b\":\"one.safetensors\",\"a\":\"two.safetensors\"}}");
    try (NamedTensors tensors = Checkpoint.open(directory)) {
      assertThat(tensors.names()).containsExactly("b", "a");
      assertThat(tensors.floats("b")).containsExactly(1);
      assertThat(tensors.floats("a")).containsExactly(2);
      float[] piece = new float[1];
      assertThat(tensors.read("a", 0, piece)).isEqualTo(1);
      assertThat(piece).containsExactly(2);
      assertThatThrownBy(() -> tensors.floats("c")).hasMessageContaining("no tensor c");
    }
  }

  @Test
  void shards_of_pickles_are_one_checkpoint() throws IOException {
    StateDictBytes.write(
        directory.resolve("one.bin"), Map.of("b", Safetensors.Tensor.of(new long[] {1}, 1)));
    StateDictBytes.write(
        directory.resolve("two.bin"), Map.of("a", Safetensors.Tensor.ofHalf(new long[] {1}, 2)));
    Files.writeString(
        directory.resolve("pytorch_model.bin.index.json"),
        "{\"weight_map\":{\"b\":\"one.bin\",\"a\":\"two.bin\"}}");
    try (NamedTensors tensors = Checkpoint.open(directory)) {
      assertThat(tensors.names()).containsExactly("b", "a");
      assertThat(tensors.floats("b")).containsExactly(1);
      assertThat(tensors.info("a")).hasToString("F16[1]");
      assertThat(tensors.floats("a")).containsExactly(2);
    }
  }

  @Test
  void every_missing_shard_is_named() throws IOException {
    index("{\"weight_map\":{\"b\":\"one.safetensors\",\"a\":\"two.safetensors\"}}");
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .hasMessageContaining("one.safetensors: found no such file")
        .hasMessageContaining("two.safetensors: found no such file");
  }

  @Test
  void an_index_and_its_shards_must_agree_in_both_directions() throws IOException {
    shard("one.safetensors", "b", 1);
    index("{\"weight_map\":{\"a\":\"one.safetensors\"}}");
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .hasMessageContaining("one.safetensors tensor b: found no such tensor for this file")
        .hasMessageContaining("tensor a: found no such tensor in one.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../one.safetensors", "/etc/passwd", "sub/one.safetensors", "..", ""})
  void an_index_that_points_out_of_its_directory_is_refused(String escaping) throws IOException {
    index("{\"weight_map\":{\"a\":\"" + escaping + "\"}}");
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the file name " + escaping)
        .hasMessageContaining("expected a plain name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"weight_map\":{}}", "{\"weight_map\":{\"a\":1}}", "{\"weight_map\":[]}"})
  void an_index_without_a_usable_map_is_refused(String json) throws IOException {
    index(json);
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("key weight_map");
  }

  @Test
  void an_index_that_is_not_json_is_refused_with_its_name() throws IOException {
    index("{\"weight_map\":");
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(INDEX);
  }

  @Test
  void tensors_can_be_read_under_other_names() {
    shard("model.safetensors", "decoder.weight", 3);
    try (NamedTensors tensors =
        Checkpoint.renamed(Checkpoint.open(directory), name -> "model." + name)) {
      assertThat(tensors.names()).containsExactly("model.decoder.weight");
      assertThat(tensors.floats("model.decoder.weight")).containsExactly(3);
      assertThatThrownBy(() -> tensors.floats("decoder.weight"))
          .hasMessageContaining("no tensor decoder.weight");
    }
  }
}
