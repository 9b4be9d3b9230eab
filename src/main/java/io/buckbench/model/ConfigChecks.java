package io.buckbench.model;

import io.buckbench.input.Problems;

/** Checks of the numbers in a {@code config.json}. */
public final class ConfigChecks {
  private ConfigChecks() {}

  /** Notes a problem with a size below 1. */
  public static void atLeastOne(Problems problems, String key, int value) {
    if (value < 1) {
      problems.add(key, value + "", "at least 1", "correct it");
    }
  }

  /** Notes a problem with a probability that is not at least 0 and below 1. */
  public static void probability(Problems problems, String key, double value) {
    if (!(value >= 0 && value < 1)) {
      problems.add(key, value + "", "at least 0 and below 1", "correct it");
    }
  }

  /** Notes a problem with a token that the vocabulary does not have. */
  public static void token(Problems problems, String key, int value, int vocabSize) {
    if (value < 0 || value >= vocabSize) {
      problems.add(key, value + "", "a token below " + vocabSize, "correct it");
    }
  }

  /** Notes a problem if a number does not divide another. */
  public static void divides(Problems problems, String key, int divisor, int number) {
    if (divisor > 0 && number % divisor != 0) {
      problems.add(key, divisor + "", "a divisor of " + number, "correct it");
    }
  }
}
