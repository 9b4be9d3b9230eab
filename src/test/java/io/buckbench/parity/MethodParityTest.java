package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every method on both shapes with Hugging Face PEFT, like the command {@code parity}. */
class MethodParityTest {
  private static final Path ROOT = Path.of("src", "test", "resources", "parity");

  static Stream<Path> folders() {
    return Stream.of("A", "B").flatMap(s -> ParityCheck.folders(ROOT.resolve(s)).stream());
  }

  @Test
  void both_shapes_have_every_method_of_the_reference() {
    assertThat(folders().map(f -> f.getFileName().toString()).filter(n -> n.equals("full")))
        .hasSize(2);
    assertThat(folders()).hasSize(18);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void every_number_agrees_with_the_reference(Path folder) {
    List<ParityRow> rows = ParityCheck.runCase(folder.getParent(), folder.getFileName().toString());
    boolean merges = folder.resolve("merged_init.safetensors").toFile().exists();
    boolean adapter = folder.resolve("adapter_init").toFile().exists();
    // The counts show whether a file is missing.
    assertThat(rows).hasSizeBetween(28, 45);
    assertThat(rows).extracting(ParityRow::quantity).contains("trainable parameters");
    assertThat(rows.stream().filter(r -> r.quantity().startsWith("logits"))).hasSize(7);
    assertThat(rows.stream().filter(r -> r.quantity().startsWith("gradients"))).hasSize(4);
    assertThat(rows.stream().filter(r -> r.quantity().startsWith("loss "))).hasSize(6);
    assertThat(rows.stream().filter(r -> r.quantity().startsWith("10 losses"))).hasSize(3);
    assertThat(rows.stream().filter(r -> r.quantity().startsWith("after 1"))).hasSize(4);
    assertThat(rows.stream().filter(r -> r.quantity().endsWith(" ids"))).hasSize(3);
    assertThat(rows.stream().filter(r -> r.quantity().startsWith("merged")))
        .hasSize(merges ? 5 : 0);
    assertThat(rows.stream().filter(r -> r.quantity().contains("as loaded")))
        .hasSize(adapter ? 2 : 0);
    assertThat(rows).filteredOn(r -> !r.pass()).isEmpty();
  }

  static List<Path> newerMethods() {
    return ParityCheck.folders(ROOT.resolve("C"));
  }

  @ParameterizedTest
  @MethodSource("newerMethods")
  void every_number_of_a_newer_method_agrees_with_the_newer_reference(Path folder) {
    List<ParityRow> rows = ParityCheck.runCase(folder.getParent(), folder.getFileName().toString());
    boolean merges = folder.resolve("merged_init.safetensors").toFile().exists();
    assertThat(rows).hasSize(merges ? 39 : 35);
    assertThat(rows).filteredOn(r -> !r.pass()).isEmpty();
  }

  @Test
  void the_newer_reference_has_nine_methods() {
    assertThat(newerMethods()).hasSize(9);
  }
}
