package io.buckbench.fakegpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.model.Families;
import io.buckbench.model.Family;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Limits what a step and a batch of answers ask of a GPU, for each method and precision. A program
 * that launches kernels more slowly than the GPU computes them pays for the wait. {@code
 * docs/performance.md} shows the counts, and {@code src/test/resources/launches/transformers.json}
 * those of Transformers with PEFT.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "nvidia-smi is a shell script")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaunchBudgetTest {
  private static final List<String> METHODS =
      List.of(
          "lora/r8_qv", "full/full", "prompt/p48", "ptuning/p48_h64", "prefix/p30", "ia3/default");

  /** The largest share of Transformers' launches in a micro-batch. */
  private static final double OF_TRANSFORMERS = 0.9;

  /** The largest number of launches of a step besides its micro-batches. */
  private static final int STEP_LAUNCHES = 40;

  private static final int STEP_READBACKS = 2;
  private static final int MICRO_BATCH_COPIES = 3;
  private static final int NEW_TOKENS = 3;

  @TempDir static Path folder;

  private JsonNode counts;
  private JsonNode transformers;

  @BeforeAll
  void count() throws Exception {
    String[] arguments =
        Stream.concat(Stream.of("benchmarks/shapes/opt-125m"), METHODS.stream())
            .toArray(String[]::new);
    FakeGpuJvm.Output output =
        new FakeGpuJvm(folder, GpuModel.V100)
            .with("buckbench.device", "gpu")
            .with("buckbench.threads", 1)
            .run(CallCounts.class, arguments);
    assertThat(output.exit()).as(output.err()).isZero();
    ObjectMapper mapper = new ObjectMapper();
    counts = mapper.readTree(output.out().lines().findFirst().orElseThrow());
    transformers =
        mapper.readTree(Path.of("src/test/resources/launches/transformers.json").toFile());
    rows().map(this::words).forEach(System.out::println);
  }

  static Stream<String> rows() throws IOException {
    List<String> families = new ArrayList<>();
    new ObjectMapper()
        .readTree(CallCounts.NARROW.toFile())
        .fieldNames()
        .forEachRemaining(model -> families.add(model + " " + CallCounts.FAMILIES_METHOD));
    return Stream.concat(METHODS.stream(), families.stream())
        .flatMap(row -> Stream.of(row + " float32", row + " mixed"));
  }

  @Test
  void every_family_is_counted() {
    List<String> counted =
        counts.properties().stream()
            .map(row -> row.getKey().split(" "))
            .filter(words -> words.length == 3 && words[2].equals("float32"))
            .map(words -> Families.of(Path.of("benchmarks/shapes", words[0], "config.json")))
            .map(Family::modelType)
            .toList();
    List<String> others = new ArrayList<>(Families.all().stream().map(Family::modelType).toList());
    others.removeAll(List.of("opt", "toy"));
    assertThat(counted).containsExactlyInAnyOrderElementsOf(others);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_micro_batch_launches_fewer_kernels_than_transformers(String row) {
    assertThat(counts.at(pointer(row, "microBatch/launches")).asInt())
        .isPositive()
        .isLessThanOrEqualTo(
            (int) (OF_TRANSFORMERS * transformers.path(row).path("launches").asInt()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void the_optimiser_launches_few_kernels(String row) {
    assertThat(counts.at(pointer(row, "step/launches")).asInt()).isBetween(1, STEP_LAUNCHES);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_step_copies_little_to_and_from_the_device(String row) {
    assertThat(counts.at(pointer(row, "microBatch/hostToDevice")).asInt())
        .isBetween(1, MICRO_BATCH_COPIES);
    assertThat(counts.at(pointer(row, "step/hostToDevice")).asInt()).isZero();
    assertThat(counts.at(pointer(row, "microBatch/readbacks")).asInt()).isZero();
    assertThat(counts.at(pointer(row, "step/readbacks")).asInt()).isBetween(1, STEP_READBACKS);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answers_read_the_device_once_a_token(String row) {
    assertThat(counts.at(pointer(row, "answers/readbacks")).asInt()).isEqualTo(NEW_TOKENS);
    assertThat(counts.at(pointer(row, "answers/hostToDevice")).asInt())
        .isBetween(NEW_TOKENS, 2 * NEW_TOKENS);
    // Each token is at most a forward pass, about a third of a micro-batch.
    assertThat(counts.at(pointer(row, "answers/launches")).asInt())
        .isPositive()
        .isLessThan(NEW_TOKENS * counts.at(pointer(row, "microBatch/launches")).asInt() / 2);
  }

  private static String pointer(String row, String field) {
    return "/" + row.replace("/", "~1") + "/" + field;
  }

  private String words(String row) {
    JsonNode count = counts.path(row);
    return String.format(
        Locale.ROOT,
        "%-44s micro-batch %d launches (Transformers %d), %d calls; step %d, %d; answers %d, %d",
        row,
        count.at("/microBatch/launches").asInt(),
        transformers.path(row).path("launches").asInt(),
        count.at("/microBatch/calls").asInt(),
        count.at("/step/launches").asInt(),
        count.at("/step/calls").asInt(),
        count.at("/answers/launches").asInt(),
        count.at("/answers/calls").asInt());
  }
}
