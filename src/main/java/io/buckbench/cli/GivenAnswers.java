package io.buckbench.cli;

import io.buckbench.eval.Prediction;
import io.buckbench.files.CsvText;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a model answered, for a person who looks at a score and asks why: its commonest texts, and
 * some items that it got wrong.
 */
final class GivenAnswers {
  private static final int COMMONEST = 5;
  private static final int WRONG = 10;
  private static final String COLUMNS = "item,level,wanted,generated,correct";

  private final List<Prediction> answers;

  GivenAnswers(List<Prediction> answers) {
    this.answers = answers;
  }

  /** The commonest generated texts with their numbers, and the first wrong answers. */
  String words() {
    StringBuilder text = new StringBuilder("commonest answers:");
    commonest().entrySet().stream()
        .limit(COMMONEST)
        .forEach(
            e -> text.append(' ').append(e.getValue()).append(" x ").append(quoted(e.getKey())));
    List<Prediction> wrong = answers.stream().filter(p -> !p.correct()).toList();
    text.append('\n').append(wrong.size()).append(" wrong");
    text.append(
        wrong.size() > WRONG ? ", the first " + WRONG + ":\n" : wrong.isEmpty() ? "\n" : ":\n");
    wrong.stream()
        .limit(WRONG)
        .forEach(
            p ->
                text.append("  ")
                    .append(p.id())
                    .append(": ")
                    .append(quoted(p.generated()))
                    .append(", expected ")
                    .append(wanted(p))
                    .append('\n'));
    return text.toString();
  }

  private Map<String, Long> commonest() {
    Map<String, Long> counts =
        answers.stream()
            .collect(
                Collectors.groupingBy(
                    Prediction::generated, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  /** All answers as CSV. */
  String csv() {
    CsvText csv = new CsvText(COLUMNS);
    answers.forEach(p -> csv.row(p.id(), p.level(), wanted(p), p.generated(), p.correct()));
    return csv.toString();
  }

  private static String wanted(Prediction p) {
    return p.wantedWord();
  }

  /** A text on one line. */
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") + "'";
  }
}
