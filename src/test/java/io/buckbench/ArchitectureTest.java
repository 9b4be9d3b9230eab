package io.buckbench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Data flows down the list of packages, imports point up it; this is the list. */
@AnalyzeClasses(packages = "io.buckbench", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Map<String, List<String>> MAY_IMPORT = new LinkedHashMap<>();

  static {
    MAY_IMPORT.put("table", List.of());
    MAY_IMPORT.put("budget", List.of("table"));
    MAY_IMPORT.put("data", List.of("table"));
    MAY_IMPORT.put("checkpoint", List.of("table"));
    MAY_IMPORT.put("tensor", List.of("table", "checkpoint"));
    MAY_IMPORT.put("model", List.of("table", "data", "checkpoint", "tensor"));
    MAY_IMPORT.put("peft", List.of("table", "data", "checkpoint", "tensor", "model"));
    MAY_IMPORT.put("train", List.of("table", "budget", "data", "tensor", "model"));
    MAY_IMPORT.put("eval", List.of("table", "data", "tensor", "model"));
    MAY_IMPORT.put(
        "parity",
        List.of("table", "data", "checkpoint", "tensor", "model", "peft", "train", "eval"));
    MAY_IMPORT.put("pretrain", List.of("table", "data", "tensor", "model", "train"));
    MAY_IMPORT.put(
        "experiment",
        List.of(
            "table", "budget", "data", "checkpoint", "tensor", "model", "peft", "train", "eval"));
    MAY_IMPORT.put(
        "preflight", List.of("table", "budget", "data", "tensor", "model", "peft", "experiment"));
    MAY_IMPORT.put("findings", List.of("table", "budget", "train", "eval", "experiment"));
    MAY_IMPORT.put("golden", List.of("table", "budget", "train", "eval", "experiment", "findings"));
    MAY_IMPORT.put(
        "report", List.of("table", "budget", "train", "eval", "experiment", "findings", "golden"));
    MAY_IMPORT.put(
        "rehearsal",
        List.of(
            "table",
            "budget",
            "data",
            "checkpoint",
            "tensor",
            "model",
            "peft",
            "train",
            "experiment",
            "findings",
            "report"));
  }

  @ArchTest
  static void imports_point_up_the_list(com.tngtech.archunit.core.domain.JavaClasses all) {
    MAY_IMPORT.forEach((name, above) -> rule(name, above).check(all));
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
