package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.model.Architecture;
import io.buckbench.model.Families;
import io.buckbench.model.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares every family with Transformers 5.18 and PEFT 0.21, on a part of a draw of
 * shared/parity/gen_families.py (seed 5, width 16); OPT with the settings of Galactica.
 */
class FamilyParityTest {
  private static final Path ROOT = Path.of("src/test/resources/parity/families");

  static Stream<Path> folders() throws IOException {
    try (Stream<Path> families = Files.list(ROOT)) {
      return families.sorted().toList().stream()
          .flatMap(family -> ParityCheck.folders(family).stream());
    }
  }

  @Test
  void every_family_is_compared() throws IOException {
    Set<String> types = new TreeSet<>();
    for (Path folder : folders().toList()) {
      types.add(Families.of(folder.resolveSibling("model").resolve("config.json")).modelType());
    }
    List<String> all = Families.all().stream().map(Family::modelType).toList();
    assertThat(types)
        .containsExactlyInAnyOrderElementsOf(
            all.stream().filter(type -> !type.equals("toy")).toList());
    assertThat(folders()).hasSize(9 * 5);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void every_number_agrees_with_the_reference(Path folder) {
    List<ParityRow> rows = ParityCheck.runCase(folder.getParent(), folder.getFileName().toString());
    // The count shows whether a file is missing.
    assertThat(rows).hasSizeGreaterThanOrEqualTo(14);
    assertThat(rows).extracting(ParityRow::quantity).contains("trainable parameters");
    assertThat(rows.stream().filter(r -> r.quantity().endsWith(" ids"))).hasSize(3);
    assertThat(rows).filteredOn(r -> !r.pass()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void a_configuration_is_written_as_it_was_read(Path folder) {
    Architecture model = Architecture.read(folder.resolveSibling("model"));
    assertThat(Families.read("again", model.toJson().toString().getBytes()).toJson())
        .isEqualTo(model.toJson());
  }
}
