package io.buckbench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import io.buckbench.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the order of the packages. Each line of {@link #PACKAGES} names a package and the packages
 * that it may import, which are all above it in the list.
 */
@AnalyzeClasses(packages = "io.buckbench", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String PACKAGES =
      """
      input:
      files: input
      budget: input files
      data: input files
      checkpoint: input files
      tensor: input files checkpoint
      model: input files data checkpoint tensor
      peft: input files data checkpoint tensor model
      train: input budget data tensor model
      statistics:
      eval: input data tensor model statistics
      promise: budget train eval tensor
      parity: input data checkpoint tensor model peft train eval
      pretrain: input files data tensor model train
      record: input files budget data train eval promise statistics
      suite: input files budget data tensor model peft train eval record
      trial: input files budget data checkpoint tensor model peft train eval promise record \
        suite
      calibration: input files budget data tensor model peft train statistics eval promise record \
        suite trial
      preflight: input files budget data tensor model peft suite trial
      worker: input files budget tensor train record suite trial preflight
      speed: input data tensor model peft train
      findings: input budget data train eval record statistics
      history: input files budget eval record findings statistics
      golden: input files data train eval promise record findings statistics history
      accepted: input files record suite findings golden
      repeat: input files budget checkpoint record suite trial worker accepted
      report: input files budget data train eval promise record findings statistics history golden
      simulation: input budget data train eval promise record suite findings statistics
      rehearsal: input files budget data checkpoint tensor model peft train promise record \
        suite trial worker findings report
      """;

  private static final Map<String, List<String>> MAY_IMPORT = new LinkedHashMap<>();

  static {
    for (String line : PACKAGES.lines().toList()) {
      List<String> names = List.of(line.split(":? +|:"));
      MAY_IMPORT.put(names.get(0), names.subList(1, names.size()));
    }
  }

  @ArchTest
  static void packages_depend_only_on_those_of_their_line(JavaClasses all) {
    MAY_IMPORT.forEach((name, above) -> rule(name, above).check(all));
  }

  /** Checks the sources too, because the compiler inlines constants and drops their imports. */
  @ArchTest
  static void sources_import_only_the_packages_of_their_line(JavaClasses all) throws IOException {
    Path root = Path.of("src/main/java/io/buckbench");
    Pattern imported = Pattern.compile("(?m)^import (?:static )?io\\.buckbench\\.([a-z]+)\\.");
    List<String> forbidden = new ArrayList<>();
    for (Path file : Folders.files(root)) {
      String name = root.relativize(file).getName(0).toString();
      if (MAY_IMPORT.containsKey(name)) {
        imported
            .matcher(Files.readString(file))
            .results()
            .map(match -> match.group(1))
            .filter(other -> !other.equals(name) && !MAY_IMPORT.get(name).contains(other))
            .forEach(other -> forbidden.add(file + " imports " + other));
      }
    }
    assertThat(forbidden).isEmpty();
  }

  @ArchTest
  static final ArchRule main_does_not_depend_on_test_libraries =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.junit..", "org.assertj..", "io.qameta..");

  @ArchTest
  static final ArchRule only_tensor_depends_on_the_native_binding =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.buckbench.tensor..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl.pytorch..");

  /** Elsewhere a readback would leave a copy alive. */
  @ArchTest
  static final ArchRule only_tensor_reads_an_array =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.buckbench.tensor..")
          .should()
          .callMethodWhere(
              JavaCall.Predicates.target(
                      HasOwner.Predicates.With.owner(
                          JavaClass.Predicates.assignableTo(NDArray.class)))
                  .and(
                      JavaCall.Predicates.target(
                          HasName.Predicates.nameMatching(
                              "to\\w*(Array|Buffer)|get(Float|Long|Double|Int)|toDevice"))));

  @ArchTest
  static final ArchRule nothing_depends_on_a_decoder_family =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.buckbench.model.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.buckbench.model.*..");

  private static ArchRule rule(String name, List<String> above) {
    String[] allowed =
        Stream.concat(Stream.of(name), above.stream())
            .map(p -> "io.buckbench." + p + "..")
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> ours =
        JavaClass.Predicates.resideInAPackage("io.buckbench..")
            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed)))
            .as("packages that " + name + " may not import");
    return classes()
        .that()
        .resideInAPackage("io.buckbench." + name + "..")
        .should(ArchConditions.not(ArchConditions.dependOnClassesThat(ours)))
        .allowEmptyShould(true);
  }
}
