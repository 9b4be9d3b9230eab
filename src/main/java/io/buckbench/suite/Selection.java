package io.buckbench.suite;

import io.buckbench.input.InvalidInputException;
import io.buckbench.record.Declaration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Selects the trials of a suite to run.
 *
 * @param only selects configurations whose id contains a match; empty for all
 * @param seeds selects the first seeds of each configuration; empty for all
 */
public record Selection(Optional<Pattern> only, Optional<Integer> seeds) {
  /** System property with a regular expression for configurations. */
  static final String ONLY = "buckbench.only";

  /** System property with the number of seeds. */
  static final String SEEDS = "buckbench.seeds";

  /**
   * Reads {@code -Dbuckbench.only=REGEX} and {@code -Dbuckbench.seeds=N}.
   *
   * @throws InvalidInputException if a value is invalid
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
          "-D" + SEEDS, "'" + text + "'", "a whole number of at least 1", "correct it");
    }
    return Integer.parseInt(text);
  }

  /** Whether some trials may be omitted. */
  public boolean partial() {
    return only.isPresent() || seeds.isPresent();
  }

  /**
   * The suite with only the selected configurations.
   *
   * @throws InvalidInputException if none is selected
   */
  public Suite rows(Suite suite) {
    return only.map(suite::only).orElse(suite);
  }

  /**
   * The selected trials, in the suite's order.
   *
   * @throws InvalidInputException if no configuration is selected
   */
  public List<Trial> trials(Suite suite) {
    return rows(suite).trials().stream()
        .filter(t -> t.configuration().seeds().indexOf(t.seed()) < seeds.orElse(Integer.MAX_VALUE))
        .toList();
  }

  /**
   * The selected trials, with baselines first, so that their records exist when a hypothesis about
   * another configuration is judged.
   */
  public List<Trial> referencesFirst(Suite suite) {
    return trials(suite).stream()
        .sorted(Comparator.comparing(trial -> rank(trial.configuration())))
        .toList();
  }

  private static int rank(Configuration configuration) {
    return switch (configuration.method().name()) {
      case Declaration.MAJORITY, Declaration.ALL_YES -> 0;
      case Declaration.NONE -> 1;
      case "full" -> 2;
      default -> 3;
    };
  }
}
