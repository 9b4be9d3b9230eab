package io.buckbench.suite;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.NamePattern;
import io.buckbench.record.Declaration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Selects the trials of a suite to run.
 *
 * @param only selects configurations by their whole id; empty for all
 * @param seeds selects the first seeds of each configuration; empty for all
 */
public record Selection(Optional<NamePattern> only, Optional<Integer> seeds) {
  /** System property with a pattern for configurations. */
  static final String ONLY = "buckbench.only";

  /** System property with the number of seeds. */
  static final String SEEDS = "buckbench.seeds";

  /**
   * Reads {@code -Dbuckbench.only=IDS} and {@code -Dbuckbench.seeds=N}.
   *
   * @throws InvalidInputException if a value is invalid
   */
  public static Selection fromProperties() {
    return of("-D" + SEEDS, System.getProperty(ONLY), System.getProperty(SEEDS));
  }

  /**
   * Reads a selection.
   *
   * @param where the option of the seeds, for errors
   * @param only ids separated by {@code |}, with {@code *} for any text; null or blank for all
   * @param seeds a number; null or blank for all
   * @throws InvalidInputException if the number is invalid
   */
  public static Selection of(String where, String only, String seeds) {
    if (!isBlank(seeds) && !seeds.matches("[1-9][0-9]{0,5}")) {
      throw new InvalidInputException(
          where, "'" + seeds + "'", "a whole number of at least 1", "correct it");
    }
    return new Selection(
        isBlank(only) ? Optional.empty() : Optional.of(NamePattern.of(only)),
        isBlank(seeds) ? Optional.empty() : Optional.of(Integer.valueOf(seeds)));
  }

  private static boolean isBlank(String value) {
    return value == null || value.isBlank();
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

  /** What is selected, in words. */
  public String words(Suite suite) {
    List<Configuration> rows = rows(suite).configurations();
    return "%d of %d rows of %s (%s), %d of %d trials"
        .formatted(
            rows.size(),
            suite.configurations().size(),
            suite.name(),
            rows.stream().map(Configuration::id).collect(Collectors.joining(", ")),
            trials(suite).size(),
            suite.trials().size());
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
