package io.buckbench.suite;

import io.buckbench.input.InvalidInputException;
import io.buckbench.record.Declaration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which trials of a suite are run.
 *
 * @param only rows whose id this finds; all without it
 * @param seeds how many of each row's seeds, the first ones; all without it
 */
public record Selection(Optional<Pattern> only, Optional<Integer> seeds) {
  /** Chooses rows by a regular expression. */
  static final String ONLY = "buckbench.only";

  /** Chooses how many seeds. */
  static final String SEEDS = "buckbench.seeds";

  /**
   * Reads {@code -Dbuckbench.only=REGEX} and {@code -Dbuckbench.seeds=N}.
   *
   * @throws InvalidInputException if either cannot be used
   */
  public static Selection fromProperties() {
    return new Selection(property(ONLY).map(Selection::pattern), property(SEEDS).map(Selection::n));
  }

  private static Optional<String> property(String key) {
    return Optional.ofNullable(System.getProperty(key)).filter(value -> !value.isBlank());
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new InvalidInputException(
          "-D" + ONLY,
          "'" + regex + "' (" + e.getDescription() + ")",
          "a regular expression",
          "correct it",
          e);
    }
  }

  private static int n(String text) {
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new InvalidInputException(
          "-D" + SEEDS, "'" + text + "'", "a whole number from 1 on", "correct it");
    }
    return Integer.parseInt(text);
  }

  /** Whether trials may be left out. */
  public boolean partial() {
    return only.isPresent() || seeds.isPresent();
  }

  /**
   * The suite with the chosen rows alone.
   *
   * @throws InvalidInputException if no row is chosen
   */
  public Suite rows(Suite suite) {
    return only.map(suite::only).orElse(suite);
  }

  /**
   * The chosen trials, in the suite's order.
   *
   * @throws InvalidInputException if no row is chosen
   */
  public List<Trial> trials(Suite suite) {
    return rows(suite).trials().stream()
        .filter(t -> t.configuration().seeds().indexOf(t.seed()) < seeds.orElse(Integer.MAX_VALUE))
        .toList();
  }

  /**
   * The same, but the rows that others are compared with come first, so that their records are in
   * the store when a hypothesis on another row is judged.
   */
  public List<Trial> referencesFirst(Suite suite) {
    return trials(suite).stream()
        .sorted(Comparator.comparing(trial -> rank(trial.configuration())))
        .toList();
  }

  private static int rank(Configuration configuration) {
    return switch (configuration.method().name()) {
      case Declaration.ALL_YES -> 0;
      case Declaration.NONE -> 1;
      case "full" -> 2;
      default -> 3;
    };
  }
}
