package io.buckbench.junit;

import io.buckbench.findings.TrialScores;
import io.qameta.allure.SeverityLevel;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a reader should look at, the worst first. Each is a category of the report, which Allure
 * finds by the message of a result, and gives a result its severity.
 */
enum Concern {
  /** A promise was broken, so the numbers cannot be trusted. */
  BROKEN_PROMISE("A promise was broken", "promise broken: ", SeverityLevel.BLOCKER),
  /** A verdict differs from the accepted one. */
  MOVED_VERDICT(
      "A verdict changed without being accepted", "verdict-changed: ", SeverityLevel.CRITICAL),
  /** A number differs from the accepted one by more than is allowed. */
  MOVED_NUMBER("A number left its golden tolerance", "golden: ", SeverityLevel.CRITICAL),
  /** More was spent than a metered budget allows. */
  OVER_BUDGET("Over budget", "over budget: ", SeverityLevel.NORMAL),
  /** Nearly all answers of a trial are the same. */
  COLLAPSED("Collapsed to one answer", "collapsed: ", SeverityLevel.MINOR),
  /** Most answers of a trial are none of the data set's. */
  WRONG_FORMAT("Answers in a wrong format", "wrong format: ", SeverityLevel.MINOR);

  private static final List<String> WITHOUT_ERROR =
      List.of("failed", "passed", "skipped", "unknown");

  private final String category;
  private final String message;
  private final SeverityLevel severity;

  Concern(String category, String message, SeverityLevel severity) {
    this.category = category;
    this.message = message;
    this.severity = severity;
  }

  /** What one trial gives reason for. */
  static Set<Concern> of(TrialScores trial) {
    Set<Concern> concerns = EnumSet.noneOf(Concern.class);
    if (!trial.run().broken().isEmpty()) {
      concerns.add(BROKEN_PROMISE);
    }
    if (trial.run().cost().overspent()) {
      concerns.add(OVER_BUDGET);
    }
    Stream.of(COLLAPSED, WRONG_FORMAT)
        .filter(concern -> trial.sentence().startsWith(concern.message))
        .forEach(concerns::add);
    return concerns;
  }

  /** A message by which Allure puts a result in this category. */
  String message(String words) {
    return words.startsWith(message) ? words : message + words;
  }

  /** The severity of a result with these concerns; trivial without any. */
  static String severity(Collection<Concern> concerns) {
    return concerns.stream()
        .min(Comparator.naturalOrder())
        .map(concern -> concern.severity)
        .orElse(SeverityLevel.TRIVIAL)
        .value();
  }

  /** The content of {@code categories.json}. */
  static List<Map<String, Object>> categories() {
    return Stream.concat(
            Stream.of(values()).map(c -> category(c.category, WITHOUT_ERROR, c.message)),
            Stream.of(
                category("The environment: input, machine or JVM", List.of("broken"), ""),
                category("Not run", List.of("skipped"), "NOT_RUN: ")))
        .toList();
  }

  private static Map<String, Object> category(String name, List<String> statuses, String message) {
    Map<String, Object> category = new LinkedHashMap<>();
    category.put("name", name);
    category.put("matchedStatuses", statuses);
    category.put("messageRegex", "(?s).*" + message + ".*");
    return category;
  }
}
