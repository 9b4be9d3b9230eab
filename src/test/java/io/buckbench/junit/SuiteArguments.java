package io.buckbench.junit;

import io.buckbench.suite.Selection;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Provides the selected rows of the suite of a {@link SuiteSource}. */
final class SuiteArguments implements ArgumentsProvider, AnnotationConsumer<SuiteSource> {
  private String suite;

  @Override
  public void accept(SuiteSource source) {
    suite =
        source.property().isEmpty()
            ? source.value()
            : System.getProperty(source.property(), source.value());
  }

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return Selection.fromProperties().rows(Project.HERE.suite(suite)).withMilestones().stream()
        .map(row -> Arguments.argumentSet(row.id(), row));
  }
}
