package io.buckbench.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.data.TokenBatch;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.FamilyModels;
import io.buckbench.model.TestModels;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.tensor.Precision;
import io.buckbench.train.Trainer;
import io.buckbench.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares the estimate with the peak of resident memory of a separate JVM, on a CPU. Mixed
 * precision was measured by hand with this program, also with narrower models: a CPU needs minutes
 * for its float16 products.
 *
 * <p>Not part of every build, since the memory of the allocator and of the matrix library depends
 * on the machine: {@code ./mvnw test -Dtest=MemoryEstimateTest -DexcludedGroups= -Dgroups=large}.
 */
@Tag("large")
class MemoryEstimateTest {
  private static final String WARM_UP_METHOD = "benchmarks/methods/lora/r8_default.json";
  private static final Architecture WARM_UP = opt(100, 64, 1, 2, 128);

  @ParameterizedTest
  @CsvSource({
    "opt, lora/r8_qv, FLOAT32",
    "opt, lora/r16_all, FLOAT32",
    "opt, full/full, FLOAT32",
    "opt, prompt/p48, FLOAT32",
    "opt, prefix/p30, FLOAT32",
    "opt, ia3/default, FLOAT32",
    "opt, lora/r8_linear, FLOAT32",
    "opt, lora/r8_qv_dora, FLOAT32",
    "opt, lntuning/norms, FLOAT32",
    "opt, ptuning/p48_h64, FLOAT32",
    "gpt2, lora/r8_default, FLOAT32",
    "gpt2, ia3/default, FLOAT32",
    "gpt2, prompt/p48, FLOAT32",
    "gpt2, full/full, FLOAT32",
    "gpt_neox, lora/r8_default, FLOAT32",
    "gpt_neox, ia3/default, FLOAT32",
    "gpt_neox, prompt/p48, FLOAT32",
    "gpt_neox, full/full, FLOAT32",
    "bloom, lora/r8_default, FLOAT32",
    "bloom, ia3/default, FLOAT32",
    "bloom, full/full, FLOAT32",
    "llama, lora/r8_default, FLOAT32",
    "llama, ia3/default, FLOAT32",
    "llama, prompt/p48, FLOAT32",
    "llama, vera/r256, FLOAT32",
    "llama, full/full, FLOAT32",
    "mistral, lora/r8_default, FLOAT32",
    "qwen2, lora/r8_default, FLOAT32",
    "qwen3, lora/r8_default, FLOAT32",
    "qwen3, full/full, FLOAT32"
  })
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
  void the_peak_of_a_step_is_estimated(
      String family, String method, Precision precision, @TempDir Path folder) throws Exception {
    String[] words = inAnotherJvm(family, method, precision, folder.resolve("output.txt"));
    double measured = Double.parseDouble(words[words.length - 2]);
    double estimated = Double.parseDouble(words[words.length - 1]);
    assertThat(estimated / measured)
        .as("estimated %.0f of measured %.0f bytes", estimated, measured)
        .isBetween(0.95, MemoryEstimate.MAY_BE_HIGH);
  }

  private static String[] inAnotherJvm(
      String family, String method, Precision precision, Path output) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                MemoryEstimateTest.class.getName(),
                family,
                method,
                precision.name())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(output.toFile());
    // glibc then returns each array when it is freed. Otherwise its heaps keep up to twice the
    // need.
    builder
        .environment()
        .putAll(
            Map.of(
                "MALLOC_ARENA_MAX", "1",
                "MALLOC_MMAP_THRESHOLD_", "65536",
                "MALLOC_TRIM_THRESHOLD_", "65536"));
    Process jvm = builder.start();
    assertThat(jvm.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output).strip().split("\\s+");
  }

  /** Prints by how much a few steps raised the peak, and the estimate. */
  public static void main(String[] arguments) throws IOException {
    MethodConfig method =
        MethodConfig.read(Path.of("benchmarks/methods/" + arguments[1] + ".json"));
    Precision precision = Precision.valueOf(arguments[2]);
    // PyTorch's code and buffers are loaded at their first use.
    steps(WARM_UP, MethodConfig.read(Path.of(WARM_UP_METHOD)), precision, 1, 16);
    long[] result = steps(model(arguments[0]), method, precision, 8, 192);
    System.out.println(result[0] + " " + result[1]);
  }

  private static long[] steps(
      Architecture shape, MethodConfig method, Precision precision, int batch, int tokens)
      throws IOException {
    boolean frozen = method.method() != PeftMethod.FULL;
    try (CausalLM model = CausalLM.random(shape, 1, precision, frozen);
        Adapter adapter = method.attach(model, 1)) {
      TokenBatch tokenBatch = batch(batch, tokens);
      System.gc();
      // Resets the peak, so that the initialization of the weights does not count.
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
      long before = kilobytes("VmRSS:");
      try (Trainer trainer =
          new Trainer(
              model, adapter.seams(), adapter.parameters(), TrainingOptions.constant(1e-4, 1))) {
        for (int step = 0; step < 2; step++) {
          trainer.step(List.of(tokenBatch));
        }
      }
      return new long[] {
        kilobytes("VmHWM:") - before << 10,
        MemoryEstimate.training(shape, method, precision, batch, tokens, 2)
      };
    }
  }

  private static TokenBatch batch(int rows, int tokens) {
    SplittableRandom random = new SplittableRandom(1);
    long[][] ids = new long[rows][];
    long[][] mask = new long[rows][tokens];
    long[][] labels = new long[rows][tokens];
    for (int row = 0; row < rows; row++) {
      ids[row] = random.longs(tokens, 3, WARM_UP.shape().vocabulary()).toArray();
      Arrays.fill(mask[row], 1);
      Arrays.fill(labels[row], TokenBatch.IGNORED);
      System.arraycopy(ids[row], tokens - 2, labels[row], tokens - 2, 2);
    }
    return new TokenBatch(ids, mask, labels);
  }

  private static long kilobytes(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
        .findFirst()
        .orElseThrow();
  }

  /** A model of a family with 20,000 tokens, four layers of width 512, and eight heads. */
  private static Architecture model(String family) {
    Object[] sizes = {
      "vocab_size", 20000, "hidden_size", 512, "num_hidden_layers", 4, "num_attention_heads", 8
    };
    Object[] wide = {"intermediate_size", 2048, "max_position_embeddings", 512};
    return switch (family) {
      case "opt" -> opt(20000, 512, 4, 8, 2048);
      case "gpt2" ->
          FamilyModels.of(
              family,
              "vocab_size",
              20000,
              "n_embd",
              512,
              "n_layer",
              4,
              "n_head",
              8,
              "n_positions",
              512);
      case "bloom" -> FamilyModels.of(family, sizes);
      case "gpt_neox" -> FamilyModels.of(family, both(sizes, wide));
      default ->
          FamilyModels.of(family, both(both(sizes, wide), new Object[] {"num_key_value_heads", 2}));
    };
  }

  private static Object[] both(Object[] some, Object[] others) {
    return Stream.of(some, others).flatMap(Arrays::stream).toArray();
  }

  private static Architecture opt(int vocabulary, int hidden, int layers, int heads, int ffn) {
    return TestModels.opt(
        "vocab_size",
        vocabulary,
        "hidden_size",
        hidden,
        "num_hidden_layers",
        layers,
        "num_attention_heads",
        heads,
        "ffn_dim",
        ffn,
        "max_position_embeddings",
        512,
        "dropout",
        0.1,
        "init_std",
        0.05);
  }
}
