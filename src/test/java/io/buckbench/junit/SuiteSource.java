package io.buckbench.junit;

import io.buckbench.suite.Selection;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Provides the rows of a suite, each after its milestones, as arguments of a parameterized test.
 * {@link Selection} describes {@code -Dbuckbench.only}. If the suite cannot be read, the test fails
 * with all problems in it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(SuiteArguments.class)
public @interface SuiteSource {
  /** The name of the suite; {@code smoke} is {@code benchmarks/smoke.csv}. */
  String value();

  /** A system property that can name another suite; none by default. */
  String property() default "";
}
