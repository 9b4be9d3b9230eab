package io.buckbench.junit;

import io.qameta.allure.Allure;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.TestResult;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Describes the running test in the report. */
final class AllureTest {
  private AllureTest() {}

  /** Puts the test in its place. Its parameters are removed: JUnit's are whole objects as text. */
  static void describe(Place place, String name) {
    Set<String> names = place.labels().stream().map(Label::getName).collect(Collectors.toSet());
    Allure.getLifecycle()
        .updateTestCase(
            test -> {
              test.setName(name);
              test.getParameters().clear();
              test.getLabels().removeIf(old -> names.contains(old.getName()));
              test.getLabels().addAll(place.labels());
            });
  }

  /** Changes the name, once the result is known. */
  static void rename(String name) {
    Allure.getLifecycle().updateTestCase((TestResult test) -> test.setName(name));
  }

  /** Sets the parameters. */
  static void parameters(Map<String, String> values) {
    Allure.getLifecycle()
        .updateTestCase(test -> test.setParameters(AllureSteps.parameters(values)));
  }

  /** Sets the severity. */
  static void severity(Collection<Concern> concerns) {
    Allure.getLifecycle()
        .updateTestCase(
            test -> test.getLabels().add(Place.label("severity", Concern.severity(concerns))));
  }

  /** Adds a tag, which the search field of the report finds as {@code tag:words}. */
  static void tag(String words) {
    Allure.getLifecycle().updateTestCase(test -> test.getLabels().add(Place.label("tag", words)));
  }

  /** Sets the description; text from data must have been escaped. */
  static void html(String description) {
    Allure.getLifecycle().updateTestCase(test -> test.setDescriptionHtml(description));
  }
}
