package io.buckbench.junit;

import io.buckbench.suite.Selection;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * The trials of a suite, one for each row and seed, as arguments of a parameterized test; see
 * {@link Selection} for {@code -Dbuckbench.only} and {@code -Dbuckbench.seeds}. A suite that cannot
 * be read fails the test with everything that is wrong in it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(SuiteArguments.class)
public @interface SuiteSource {
  /** The suite's name: {@code smoke} is {@code benchmarks/smoke.csv}. */
  String value();

  /** A system property that may name another suite; none without it. */
  String property() default "";
}
