package io.buckbench.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.buckbench.model.CausalLM;
import io.buckbench.tensor.Parameter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Creates a 2.5 GB model in shards, one of them over 2 GB, and loads it in a separate JVM. Needs 3
 * GB of disk and 4 GB of memory: {@code ./mvnw test -DexcludedGroups= -Dgroups=large}.
 */
@Tag("large")
class LargeCheckpointTest {
  private static final int HIDDEN = 1024;
  private static final int VOCABULARY = 50272;
  private static final int LAYERS = 45;
  private static final long FIRST_SHARD_BYTES = 2_300_000_000L;
  private static final double MOST_TIMES_THE_WEIGHTS = 1.3;

  @TempDir Path directory;

  private final Map<String, String> weightMap = new LinkedHashMap<>();
  private long weightBytes;

  private static Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    String decoder = "model.decoder.";
    shapes.put(decoder + "embed_tokens.weight", new long[] {VOCABULARY, HIDDEN});
    shapes.put(decoder + "embed_positions.weight", new long[] {2050, HIDDEN});
    norm(shapes, decoder + "final_layer_norm");
    for (int layer = 0; layer < LAYERS; layer++) {
      String prefix = decoder + "layers." + layer + ".";
      for (String projection : List.of("k_proj", "v_proj", "q_proj", "out_proj")) {
        linear(shapes, prefix + "self_attn." + projection, HIDDEN, HIDDEN);
      }
      norm(shapes, prefix + "self_attn_layer_norm");
      linear(shapes, prefix + "fc1", 4 * HIDDEN, HIDDEN);
      linear(shapes, prefix + "fc2", HIDDEN, 4 * HIDDEN);
      norm(shapes, prefix + "final_layer_norm");
    }
    return shapes;
  }

  private static void linear(Map<String, long[]> shapes, String name, long out, long in) {
    shapes.put(name + ".weight", new long[] {out, in});
    shapes.put(name + ".bias", new long[] {out});
  }

  private static void norm(Map<String, long[]> shapes, String name) {
    shapes.put(name + ".weight", new long[] {HIDDEN});
    shapes.put(name + ".bias", new long[] {HIDDEN});
  }

  /** Each tensor is a window of one long array of numbers, which starts at the tensor's index. */
  private void write(boolean pickled) throws IOException {
    Map<String, long[]> shapes = shapes();
    int window = VOCABULARY * HIDDEN;
    ByteBuffer numbers = ByteBuffer.allocate(4 * (window + shapes.size()));
    numbers.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < window + shapes.size(); i++) {
      numbers.putFloat(4 * i, i);
    }
    Map<String, Safetensors.Tensor> shard = new LinkedHashMap<>();
    int place = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      long bytes = new TensorInfo(DType.F32, entry.getValue()).bytes();
      shard.put(
          entry.getKey(),
          new Safetensors.Tensor(
              DType.F32, entry.getValue(), numbers.slice(4 * place++, (int) bytes)));
      boolean full = weightBytes < FIRST_SHARD_BYTES && weightBytes + bytes >= FIRST_SHARD_BYTES;
      weightBytes += bytes;
      if (full || place == shapes.size()) {
        String file = (weightMap.isEmpty() ? "one" : "two") + (pickled ? ".bin" : ".safetensors");
        shard.keySet().forEach(name -> weightMap.put(name, file));
        if (pickled) {
          StateDictBytes.write(directory.resolve(file), shard);
        } else {
          Safetensors.write(directory.resolve(file), shard, Map.of("format", "pt"));
        }
        shard.clear();
      }
    }
    Files.writeString(
        directory.resolve((pickled ? "pytorch_model.bin" : "model.safetensors") + ".index.json"),
        weightMap.entrySet().stream()
            .map(e -> "\"" + e.getKey() + "\":\"" + e.getValue() + "\"")
            .collect(Collectors.joining(",", "{\"weight_map\":{", "}}")));
    Files.writeString(
        directory.resolve("config.json"),
        Files.readString(Path.of("src/test/resources/parity/A/model/config.json"))
            .replaceAll("(\"hidden_size\"|\"word_embed_proj_dim\"): \\d+", "$1: " + HIDDEN)
            .replaceAll("\"ffn_dim\": \\d+", "\"ffn_dim\": " + 4 * HIDDEN)
            .replaceAll("\"num_hidden_layers\": \\d+", "\"num_hidden_layers\": " + LAYERS)
            .replaceAll("\"max_position_embeddings\": \\d+", "\"max_position_embeddings\": 2048")
            .replaceAll("\"vocab_size\": \\d+", "\"vocab_size\": " + VOCABULARY));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_sharded_model_over_two_gigabytes_loads_within_the_memory_bound(boolean pickled)
      throws Exception {
    write(pickled);
    assertThat(weightBytes).isBetween(2_450_000_000L, 2_600_000_000L);
    assertThat(Files.size(directory.resolve(pickled ? "one.bin" : "one.safetensors")))
        .isGreaterThan(Integer.MAX_VALUE);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Probe.class.getName(),
                directory.toString()));
    Path output = directory.resolve("output.txt");
    Process probe =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(probe.waitFor(10, TimeUnit.MINUTES)).isTrue();
    String printed = Files.readString(output);
    assertThat(probe.exitValue()).as(printed).isZero();
    long peakBytes =
        printed
            .lines()
            .filter(line -> line.startsWith("peak "))
            .mapToLong(line -> Long.parseLong(line.substring(5)))
            .findFirst()
            .orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%s: weights %.2f GB, peak %.2f GB, %.2f times%n%s",
        pickled ? "bin" : "safetensors",
        weightBytes / 1e9,
        peakBytes / 1e9,
        (double) peakBytes / weightBytes,
        printed);
    assertThat((double) peakBytes / weightBytes).isLessThanOrEqualTo(MOST_TIMES_THE_WEIGHTS);
  }

  /** Loads the model, checks both ends of every tensor and prints the peak of resident memory. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] arguments) throws IOException {
      long start = System.nanoTime();
      try (CausalLM model = CausalLM.load(Path.of(arguments[0]))) {
        System.out.printf(Locale.ROOT, "seconds %.1f%n", (System.nanoTime() - start) / 1e9);
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
          if (line.startsWith("VmHWM:")) {
            System.out.println("peak " + Long.parseLong(line.replaceAll("\\D", "")) * 1024);
          }
        }
        Map<String, long[]> shapes = shapes();
        List<String> names = List.copyOf(shapes.keySet());
        for (Parameter parameter : model.parameters()) {
          int place = names.indexOf(parameter.name());
          try (NDArray flat = parameter.array().flatten()) {
            long last = flat.size() - 1;
            if (flat.getFloat(0) != place || flat.getFloat(last) != (float) (place + last)) {
              throw new AssertionError(parameter.name() + " has another tensor's values");
            }
          }
        }
      }
    }
  }
}
