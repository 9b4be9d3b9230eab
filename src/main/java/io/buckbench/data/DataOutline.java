package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be seen of a data set that is not declared yet: which column is the answer, which
 * answers there are, and which columns a prompt can show.
 *
 * @param answer the column of the right answer
 * @param words the answers, in the order in which the file has them
 * @param fields a name that a prompt can use, to the column; only columns with a text in each row
 * @param longest the field with the longest texts
 * @param rows number of rows
 */
public record DataOutline(
    String answer, List<String> words, Map<String, String> fields, String longest, int rows) {
  private static final List<String> ANSWERS = List.of("answer", "label");
  private static final Set<String> NO_TEXT = Set.of("id", "idx", "level");

  /** More values are not classes, but for example free text. */
  private static final int MOST_ANSWERS = 50;

  /**
   * Looks at a file.
   *
   * @param file JSON lines, or CSV if its name says so
   * @param named the column of the right answer; empty for {@code answer} or {@code label}
   * @throws InvalidInputException if it cannot be read, has no such column, not two to {@value
   *     #MOST_ANSWERS} answers, a row without an answer, or no text
   */
  public static DataOutline of(Path file, Optional<String> named) {
    List<DataFile.Row> rows = DataFile.read(file, "");
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.values().keySet()));
    String answer = answerColumn(file, columns, named);
    List<String> words = words(file, rows, answer);
    Map<String, String> fields = new LinkedHashMap<>();
    for (String column : columns) {
      boolean text =
          rows.stream().noneMatch(row -> row.values().getOrDefault(column, "").isBlank());
      if (text && !column.equals(answer) && !NO_TEXT.contains(column.toLowerCase(Locale.ROOT))) {
        fields.put(fieldName(column, fields.keySet()), column);
      }
    }
    if (fields.isEmpty()) {
      throw new InvalidInputException(
          file.toString(),
          "no column besides " + answer + " that has a text in every row, of " + columns,
          "the texts that a model is shown",
          "fill in the empty texts, or remove their rows");
    }
    String longest = "";
    long most = -1;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      long letters = rows.stream().mapToLong(r -> r.values().get(field.getValue()).length()).sum();
      longest = letters > most ? field.getKey() : longest;
      most = Math.max(most, letters);
    }
    return new DataOutline(answer, words, fields, longest, rows.size());
  }

  private static String answerColumn(Path file, Set<String> columns, Optional<String> named) {
    Optional<String> found =
        named.isPresent()
            ? named.filter(columns::contains)
            : ANSWERS.stream().filter(columns::contains).findFirst();
    return found.orElseThrow(
        () ->
            new InvalidInputException(
                file.toString(),
                "the columns " + columns,
                named
                    .map(name -> "the column " + name + " with the right answers")
                    .orElse("a column " + String.join(" or ", ANSWERS) + " with the right answers"),
                "name the column with --answer COLUMN"));
  }

  private static List<String> words(Path file, List<DataFile.Row> rows, String answer) {
    Map<String, String> words = new LinkedHashMap<>();
    for (DataFile.Row row : rows) {
      String word = row.values().getOrDefault(answer, "").strip();
      if (word.isEmpty()) {
        throw new InvalidInputException(
            row.where(answer),
            "nothing: the row has no right answer",
            "the right answer",
            "remove rows without an answer, or use a split whose answers are published");
      }
      if (word.contains("|") || word.contains("\n")) {
        throw new InvalidInputException(
            row.where(answer),
            "'" + word + "'",
            "an answer on one line and without |, which separates answers in datasets.csv",
            "write another word for it in the file");
      }
      words.putIfAbsent(Answers.normal(word), word);
    }
    boolean yesNo =
        words.keySet().stream()
            .allMatch(
                w -> Answers.YES_NO.words().contains(w) || DataSet.YES_NO_VALUES.containsKey(w));
    if (yesNo && words.size() == 2) {
      return Answers.YES_NO.words();
    }
    if (words.size() < 2 || words.size() > MOST_ANSWERS) {
      throw new InvalidInputException(
          file + " column " + answer,
          words.size() + " different answers",
          "2 to " + MOST_ANSWERS + " classes",
          "name the column of the classes with --answer COLUMN");
    }
    return List.copyOf(words.values());
  }

  /** A column's name as a prompt can write it, different from others. */
  private static String fieldName(String column, Set<String> taken) {
    String name = column.strip().replaceAll("[^A-Za-z0-9_-]+", "_");
    name = name.matches("[A-Za-z_].*") ? name : "field_" + name;
    String unique = name;
    for (int i = 2; taken.contains(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }
}
