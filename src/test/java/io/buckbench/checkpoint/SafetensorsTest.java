package io.buckbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("model.safetensors");
  }

  /** Writes a file with this header and the data bytes 0, 1, 2 and so on. */
  private Path write(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(8 + json.length + dataBytes);
    all.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    for (int i = 0; i < dataBytes; i++) {
      all.put((byte) i);
    }
    return Files.write(file, all.array());
  }

  @Test
  void written_tensors_are_read_back_with_names_shapes_values_and_metadata() {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    tensors.put("odd half", Safetensors.Tensor.ofHalf(new long[] {3}, 1, 0.1f, -65504));
    tensors.put("z", Safetensors.Tensor.of(new long[] {2, 2}, 1.5f, -2, Float.MIN_VALUE, 4));
    tensors.put("a", Safetensors.Tensor.of(new long[] {}, 7));
    tensors.put("none", Safetensors.Tensor.of(new long[] {0, 5}));
    Safetensors.write(file, tensors, Map.of("format", "pt"));

    try (NamedTensors read = Safetensors.read(file)) {
      assertThat(read.names()).containsExactly("z", "a", "none", "odd half");
      assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
      assertThat(read.info("z")).hasToString("F32[2, 2]");
      assertThat(read.floats("z")).containsExactly(1.5f, -2, Float.MIN_VALUE, 4);
      assertThat(read.floats("a")).containsExactly(7);
      assertThat(read.floats("none")).isEmpty();
      assertThat(read.floats("odd half")).containsExactly(1, 0.099975586f, -65504);
      assertThat(read.bytes("odd half").getShort(0)).isEqualTo((short) 0x3C00);
      assertThat(read.bytes("z").isReadOnly()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "F64, 8, 7.949928895127363e-275", // 0x0706050403020100, which float32 rounds to 0
    "F32, 4, 3.820471434542632e-37", // 0x03020100
    "F16, 2, 1.52587890625e-05", // 0x0100 = 256 steps of 2^-24
    "BF16, 2, 2.350988701644575e-38", // 0x01000000
    "I64, 8, 506097522914230528",
    "I32, 4, 50462976",
    "I16, 2, 256",
    "I8, 1, 0",
    "U8, 1, 0",
    "BOOL, 1, 0"
  })
  void every_element_type_converts_to_float(String dtype, int bytes, double first)
      throws IOException {
    write(
        "{\"t\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,%d]}}".formatted(dtype, bytes),
        bytes);
    try (NamedTensors read = Safetensors.read(file)) {
      assertThat(read.floats("t")).containsExactly((float) first);
    }
  }

  @Test
  void signed_bytes_unsigned_bytes_and_booleans_keep_their_values() throws IOException {
    write(
        "{\"i\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]},"
            + "\"u\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]},"
            + "\"b\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[2,3]}}",
        3);
    byte[] all = Files.readAllBytes(file);
    all[all.length - 3] = (byte) 0xFE;
    all[all.length - 2] = (byte) 0xFE;
    Files.write(file, all);
    try (NamedTensors read = Safetensors.read(file)) {
      assertThat(read.floats("i")).containsExactly(-2);
      assertThat(read.floats("u")).containsExactly(254);
      assertThat(read.floats("b")).containsExactly(1);
    }
  }

  @Test
  void a_tensor_larger_than_the_read_buffer_is_read_completely() {
    float[] values = new float[700_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Safetensors.write(
        file, Map.of("t", Safetensors.Tensor.of(new long[] {values.length}, values)), Map.of());
    try (NamedTensors read = Safetensors.read(file)) {
      assertThat(read.floats("t")).isEqualTo(values);
      float[] piece = new float[400_000];
      assertThat(read.read("t", 500_000, piece)).isEqualTo(200_001);
      assertThat(piece[0]).isEqualTo(500_000);
      assertThat(piece[200_000]).isEqualTo(700_000);
      assertThat(read.read("t", 1, piece)).isEqualTo(piece.length);
      assertThat(piece[0]).isEqualTo(1);
      assertThat(read.read("t", 700_001, piece)).isZero();
      assertThatThrownBy(() -> read.read("t", -1, piece)).hasMessageContaining("from is -1");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"t":                                                              | 0 | header | Unexpected end-of-input
          [1]                                                                | 0 | header | JSON array
          {} {}                                                              | 0 | header | Trailing token
          {"t":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"t":{"dtype":"I8","shape":[1],"data_offsets":[1,2]}} | 2 | header | Duplicate field 't'
          {"t":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}         | 1 | tensor t | "F8_E4M3"
          {"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}             | 4 | tensor t | found 4 bytes, expected 8 bytes for F32[2]
          {"t":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}             | 4 | tensor t | within the file's 4 bytes
          {"t":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}            | 4 | tensor t | data_offsets [-4, 0]
          {"t":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}             | 4 | tensor t | data_offsets [4, 0]
          {"t":{"dtype":"F32","shape":[1],"data_offsets":[0]}}               | 4 | tensor t | data_offsets [0]
          {"t":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}           | 4 | tensor t | shape [1.0]
          {"t":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}} | 4 | tensor t | whole numbers
          {"t":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}            | 4 | tensor t | shape [-1] has an axis < 0
          {"t":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}} | 4 | tensor t | more bytes than can be counted
          {"t":{"dtype":"F32","shape":[1]}}                                  | 4 | tensor t | dtype, shape and data_offsets
          {"t":7}                                                            | 0 | tensor t | an object with
          {"t":{"dtype":"I8","shape":[3],"data_offsets":[0,3]},"u":{"dtype":"I8","shape":[2],"data_offsets":[2,4]}} | 4 | tensor u | over tensor t
          {"t":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"u":{"dtype":"I8","shape":[1],"data_offsets":[2,3]}} | 3 | tensor u | with a hole after tensor t
          {"t":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}              | 3 | model.safetensors | the end of tensor t
          {"__metadata__":{"format":1}}                                      | 0 | __metadata__ | an object whose values are strings
          """)
  void a_defective_header_is_refused_with_the_place_of_the_defect(
      String header, int dataBytes, String where, String says) throws IOException {
    write(header, dataBytes);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(where)
        .hasMessageContaining(says);
  }

  @Test
  void all_defective_tensors_are_reported_together() throws IOException {
    write(
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]},"
            + "\"u\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        4);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOfSatisfying(
            InvalidInputException.class, e -> assertThat(e.problems()).hasSize(2));
  }

  @ParameterizedTest
  @CsvSource({"-1", "1", "1000", "100000001", "9223372036854775807"})
  void a_header_length_out_of_bounds_is_refused_before_allocation(long length) throws IOException {
    Files.write(
        file, ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a length of " + Long.toUnsignedString(length) + " bytes")
        .hasMessageContaining("2 to 92");
  }

  @Test
  void a_file_without_a_header_and_a_missing_file_are_refused() throws IOException {
    Files.write(file, new byte[7]);
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("found 7 bytes");
    Files.delete(file);
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("no such file");
  }

  @Test
  void a_file_truncated_after_it_was_opened_is_reported_as_such() throws IOException {
    Safetensors.write(
        file, Map.of("t", Safetensors.Tensor.of(new long[] {4}, 1, 2, 3, 4)), Map.of());
    try (NamedTensors read = Safetensors.read(file)) {
      Files.write(file, new byte[40]);
      assertThatThrownBy(() -> read.floats("t"))
          .hasMessageContaining("tensor t")
          .hasMessageContaining("cut short");
    }
  }

  @Test
  void an_unknown_name_is_refused_with_some_of_the_known_names() {
    Safetensors.write(file, Map.of("t", Safetensors.Tensor.of(new long[] {1}, 1)), Map.of());
    try (NamedTensors read = Safetensors.read(file)) {
      assertThatThrownBy(() -> read.floats("lm_head.weight"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("no tensor lm_head.weight, expected one of its 1 names, such as t");
    }
  }

  @Test
  void a_failed_write_keeps_the_old_file_and_leaves_no_draft() throws IOException {
    Files.writeString(file, "old");
    Map<String, Safetensors.Tensor> reserved =
        Map.of("__metadata__", Safetensors.Tensor.of(new long[] {1}, 1));
    assertThatThrownBy(() -> Safetensors.write(file, reserved, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).hasContent("old");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_tensor_to_write_must_have_the_bytes_of_its_shape() {
    ByteBuffer four = ByteBuffer.allocate(4);
    assertThatThrownBy(() -> new Safetensors.Tensor(DType.F32, new long[] {2}, four))
        .hasMessageContaining("data has 4 bytes, F32[2] needs 8");
    assertThatThrownBy(() -> new Safetensors.Tensor(DType.I32, new long[] {1}, four))
        .hasMessageContaining("must be F32 or F16");
  }
}
