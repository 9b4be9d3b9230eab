package io.buckbench.checkpoint;

import static io.buckbench.checkpoint.StateDictBytes.bytes;
import static io.buckbench.checkpoint.StateDictBytes.dict;
import static io.buckbench.checkpoint.StateDictBytes.legacy;
import static io.buckbench.checkpoint.StateDictBytes.little;
import static io.buckbench.checkpoint.StateDictBytes.number;
import static io.buckbench.checkpoint.StateDictBytes.numbers;
import static io.buckbench.checkpoint.StateDictBytes.pickle;
import static io.buckbench.checkpoint.StateDictBytes.storage;
import static io.buckbench.checkpoint.StateDictBytes.tensor;
import static io.buckbench.checkpoint.StateDictBytes.text;
import static io.buckbench.checkpoint.StateDictBytes.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchPickleTest {
  private static final Path NEGATIVE = Path.of("src/test/resources/checkpoint");
  private static final Path PARITY = Path.of("src/test/resources/parity");

  @TempDir Path directory;

  private NamedTensors read(byte[] bytes) throws IOException {
    return TorchPickle.read(Files.write(directory.resolve("model.bin"), bytes));
  }

  /** Asserts that {@code actual} has all tensors of {@code expected}, bit for bit. */
  private static void sameTensors(NamedTensors actual, NamedTensors expected) {
    for (String name : expected.names()) {
      assertThat(actual.info(name)).as(name).isEqualTo(expected.info(name));
      assertThat(actual.bytes(name)).as(name).isEqualTo(expected.bytes(name));
      assertThat(actual.floats(name)).as(name).isEqualTo(expected.floats(name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A/model/pytorch_model.bin",
        "A/model/pytorch_model.legacy.bin",
        "A/model_fp16/pytorch_model.bin",
        "B/model/pytorch_model.bin",
        "B/model/pytorch_model.legacy.bin",
        "B/model_fp16/pytorch_model.bin"
      })
  void a_file_that_pytorch_wrote_equals_the_safetensors_file_of_the_model(String name) {
    Path file = PARITY.resolve(name);
    try (NamedTensors pickled = TorchPickle.read(file);
        NamedTensors safe = Safetensors.read(file.resolveSibling("model.safetensors"))) {
      sameTensors(pickled, safe);
      assertThat(pickled.names()).hasSize(safe.names().size() + 1).contains("lm_head.weight");
      assertThat(pickled.floats("lm_head.weight"))
          .as("the head, on the storage of the embedding")
          .isEqualTo(safe.floats("model.decoder.embed_tokens.weight"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void all_checkpoint_directories_of_a_model_have_the_same_tensors(String model) {
    Path base = PARITY.resolve(model);
    try (NamedTensors whole = Checkpoint.open(base.resolve("model"));
        NamedTensors inner =
            Checkpoint.renamed(
                Checkpoint.open(base.resolve("model_noprefix")), name -> "model." + name);
        NamedTensors half = Checkpoint.open(base.resolve("model_fp16"))) {
      assertThat(inner.names()).containsExactlyInAnyOrderElementsOf(whole.names());
      sameTensors(inner, whole);
      assertThat(half.names()).containsExactlyInAnyOrderElementsOf(whole.names());
      for (String name : whole.names()) {
        float[] rounded = whole.floats(name);
        for (int i = 0; i < rounded.length; i++) {
          rounded[i] = Half.toFloat(Half.fromFloat(rounded[i]));
        }
        assertThat(half.floats(name)).as(name).isEqualTo(rounded);
      }
    }
  }

  @Test
  void names_are_in_file_order() {
    try (NamedTensors pickled = TorchPickle.read(PARITY.resolve("A/model/pytorch_model.bin"))) {
      assertThat(pickled.names())
          .startsWith("model.decoder.embed_tokens.weight", "model.decoder.embed_positions.weight")
          .endsWith("lm_head.weight");
    }
  }

  @Test
  void bfloat16_shared_storages_offsets_strides_and_empty_tensors_are_read() throws IOException {
    byte[] halves = storage("BFloat16Storage", "7", 6);
    byte[] state =
        pickle(
            dict(
                text("row"), tensor(halves, 1, numbers(2), numbers(1)),
                text("column"), tensor(halves, 0, numbers(2), numbers(3)),
                text("transposed"), tensor(halves, 0, numbers(3, 2), numbers(1, 3)),
                text("scalar"), tensor(halves, 5, numbers(), numbers()),
                text("none"), tensor(halves, 6, numbers(0, 4), numbers(4, 1))));
    // 1 to 6 as bfloat16, the upper halves of the float32 bits.
    byte[] data = {
      (byte) 0x80,
      0x3F,
      0,
      0x40,
      0x40,
      0x40,
      (byte) 0x80,
      0x40,
      (byte) 0xA0,
      0x40,
      (byte) 0xC0,
      0x40
    };
    try (NamedTensors read = read(zip("a/data.pkl", state, "a/data/7", data))) {
      assertThat(read.floats("row")).containsExactly(2, 3);
      assertThat(read.floats("column")).containsExactly(1, 4);
      assertThat(read.floats("transposed")).containsExactly(1, 4, 2, 5, 3, 6);
      float[] piece = new float[4];
      assertThat(read.read("transposed", 3, piece)).isEqualTo(3);
      assertThat(piece).containsExactly(5, 3, 6, 0);
      assertThat(read.bytes("transposed").getShort(2)).isEqualTo((short) 0x4080);
      assertThat(read.floats("scalar")).containsExactly(6);
      assertThat(read.floats("none")).isEmpty();
      assertThat(read.info("transposed")).hasToString("BF16[3, 2]");
    }
  }

  @Test
  void views_of_a_storage_and_parameters_are_read_from_the_old_format() throws IOException {
    byte[] view = storage("IntStorage", "r", 4, "(", text("v"), number(1), number(2), "t");
    byte[] state =
        pickle(
            dict(
                text("view"), tensor(view, 1, numbers(1), numbers(1)),
                text("whole"),
                    bytes(
                        "ctorch._utils\n_rebuild_parameter\n(",
                        tensor(storage("IntStorage", "r", 4, "N"), 0, numbers(4), numbers(1)),
                        0x88,
                        "NtR")));
    byte[] data = bytes(little(10, 4), little(11, 4), little(12, 4), little(-13, 4));
    byte[] file = legacy(state, pickle("](", text("r"), "e"), little(4, 8), data);
    try (NamedTensors read = read(file)) {
      assertThat(read.floats("view")).containsExactly(12);
      assertThat(read.floats("whole")).containsExactly(10, 11, 12, -13);
    }
  }

  @Test
  void a_written_state_dict_is_read_back_and_its_data_is_aligned() throws IOException {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    tensors.put("embed", Safetensors.Tensor.ofHalf(new long[] {2, 3}, 1, 2, 3, 4, 5, 6));
    tensors.put("bias", Safetensors.Tensor.of(new long[] {1}, 0.1f));
    List<String> requested = new ArrayList<>();
    Path file = directory.resolve("pytorch_model.bin");
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    tensors.forEach((name, t) -> infos.put(name, new TensorInfo(t.dtype(), t.shape())));
    TorchPickle.write(
        file,
        infos,
        name -> {
          requested.add(name);
          return tensors.get(name).data().duplicate();
        });
    assertThat(requested).containsExactly("embed", "bias");
    byte[] first = Files.readAllBytes(file);
    try (NamedTensors read = TorchPickle.read(file)) {
      assertThat(read.names()).containsExactly("embed", "bias");
      assertThat(read.info("embed")).hasToString("F16[2, 3]");
      assertThat(read.floats("embed")).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(read.floats("bias")).containsExactly(0.1f);
    }
    try (var channel = java.nio.channels.FileChannel.open(file)) {
      Map<String, StoredZip.StoredFile> entries = StoredZip.entries(file, channel);
      assertThat(entries.keySet())
          .containsExactly(
              "pytorch_model/data.pkl",
              "pytorch_model/data/0",
              "pytorch_model/data/1",
              "pytorch_model/version");
      assertThat(entries.values()).allMatch(entry -> entry.offset() % 64 == 0);
    }
    StateDictBytes.write(file, tensors);
    assertThat(file).hasBinaryContent(first);
  }

  @Test
  void a_failed_write_keeps_the_old_file_and_leaves_no_draft() throws IOException {
    Path file = Files.writeString(directory.resolve("model.bin"), "old");
    Map<String, TensorInfo> two = Map.of("t", new TensorInfo(DType.F32, new long[] {2}));
    assertThatThrownBy(() -> TorchPickle.write(file, two, name -> ByteBuffer.allocate(4)))
        .hasMessageContaining("4 bytes of values, the tensor needs 8");
    Map<String, TensorInfo> ints = Map.of("t", new TensorInfo(DType.I32, new long[] {1}));
    assertThatThrownBy(() -> TorchPickle.write(file, ints, name -> ByteBuffer.allocate(4)))
        .hasMessageContaining("must be F32 or F16");
    assertThat(file).hasContent("old");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  /**
   * The files were written by PyTorch 2.13: {@code torch._neg_view} of [[1, -2, .5], [0, 3, -4]].
   */
  @ParameterizedTest
  @ValueSource(strings = {"negative_views.bin", "negative_views.legacy.bin"})
  void a_negative_view_has_the_opposite_signs(String file) {
    try (NamedTensors tensors = TorchPickle.read(NEGATIVE.resolve(file))) {
      for (String name : List.of("f32", "f16", "bf16", "f64")) {
        assertThat(tensors.floats(name)).as(name).containsExactly(-1, 2, -0.5f, -0f, -3, 4);
        assertThat(tensors.floats(name + "_turned"))
            .as(name)
            .containsExactly(-1, -0f, 2, -3, -0.5f, 4);
      }
      assertThat(tensors.floats("plain")).containsExactly(1, -2, 0.5f, 0, 3, -4);
      float[] part = new float[2];
      assertThat(tensors.read("f32", 4, part)).isEqualTo(2);
      assertThat(part).containsExactly(-3, 4);
    }
  }

  @Test
  void a_negative_view_of_whole_numbers_is_refused() {
    assertThatThrownBy(() -> TorchPickle.read(NEGATIVE.resolve("negative_integers.bin")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a negative view of I64");
  }
}
