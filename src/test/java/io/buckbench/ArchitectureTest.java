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

/** Data flows down the list of packages, imports point up it; this is the list. */
@AnalyzeClasses(packages = "io.buckbench", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Map<String, List<String>> MAY_IMPORT = new LinkedHashMap<>();

  static {
    may("input");
    may("files", "input");
    may("budget", "input", "files");
    may("data", "input", "files");
    may("checkpoint", "input", "files");
    may("tensor", "input", "files", "checkpoint");
    may("model", "input", "files", "data", "checkpoint", "tensor");
    may("peft", "input", "files", "data", "checkpoint", "tensor", "model");
    may("train", "input", "budget", "data", "tensor", "model");
    may("eval", "input", "data", "tensor", "model");
    may("promise", "budget", "train", "eval", "tensor");
    may("parity", "input", "data", "checkpoint", "tensor", "model", "peft", "train", "eval");
    may("pretrain", "input", "files", "data", "tensor", "model", "train");
    may("record", "input", "files", "budget", "data", "train", "eval", "promise");
    may(
        "suite", "input", "files", "budget", "data", "tensor", "model", "peft", "train", "eval",
        "record");
    may(
        "trial",
        "input",
        "files",
        "budget",
        "data",
        "checkpoint",
        "tensor",
        "model",
        "peft",
        "train",
        "eval",
        "promise",
        "record",
        "suite");
    may(
        "calibration",
        "input",
        "files",
        "budget",
        "data",
        "tensor",
        "model",
        "peft",
        "train",
        "eval",
        "promise",
        "record",
        "suite",
        "trial");
    may(
        "preflight",
        "input",
        "files",
        "budget",
        "data",
        "tensor",
        "model",
        "peft",
        "suite",
        "trial");
    may("findings", "input", "data", "train", "eval", "record");
    may("golden", "input", "files", "train", "eval", "promise", "record", "findings");
    may("accepted", "record", "suite", "findings", "golden");
    may(
        "report",
        "input",
        "files",
        "budget",
        "data",
        "train",
        "eval",
        "promise",
        "record",
        "findings");
    may(
        "rehearsal",
        "input",
        "files",
        "budget",
        "data",
        "checkpoint",
        "tensor",
        "model",
        "peft",
        "train",
        "promise",
        "record",
        "suite",
        "trial",
        "findings",
        "report");
  }

  private static void may(String name, String... above) {
    MAY_IMPORT.put(name, List.of(above));
  }

  @ArchTest
  static void imports_point_up_the_list(JavaClasses all) {
    MAY_IMPORT.forEach((name, above) -> rule(name, above).check(all));
  }

  /** The compiler puts constants in place of their names, so classes do not show these imports. */
  @ArchTest
  static void imports_in_the_sources_point_up_the_list(JavaClasses all) throws IOException {
    Path root = Path.of("src/main/java/io/buckbench");
    Pattern imported = Pattern.compile("(?m)^import (?:static )?io\\.buckbench\\.([a-z]+)\\.");
    List<String> down = new ArrayList<>();
    for (Path file : Folders.files(root)) {
      String name = root.relativize(file).getName(0).toString();
      if (MAY_IMPORT.containsKey(name)) {
        imported
            .matcher(Files.readString(file))
            .results()
            .map(match -> match.group(1))
            .filter(other -> !other.equals(name) && !MAY_IMPORT.get(name).contains(other))
            .forEach(other -> down.add(file + " imports " + other));
      }
    }
    assertThat(down).isEmpty();
  }

  @ArchTest
  static final ArchRule main_knows_no_test_library =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.junit..", "org.assertj..", "io.qameta..");

  @ArchTest
  static final ArchRule only_tensor_reaches_the_native_binding =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.buckbench.tensor..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl.pytorch..");

  /** Anywhere else a readback would leave its copy alive. */
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
  static final ArchRule only_the_service_file_knows_a_decoder_family =
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
            .as("packages below " + name);
    return classes()
        .that()
        .resideInAPackage("io.buckbench." + name + "..")
        .should(ArchConditions.not(ArchConditions.dependOnClassesThat(ours)))
        .allowEmptyShould(true);
  }
}
