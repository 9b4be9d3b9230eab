package io.buckbench.data;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Rows of one part of a data set whose texts are in another part too, so that a model may know them
 * from its training. Texts are compared without case, and with any white space as one space.
 *
 * @param rows number of rows that were compared
 * @param whole of these, the rows that equal a row of the other part in all compared fields
 * @param byField of these, for each compared field the rows whose text of it is in the other part
 */
public record Leaks(int rows, int whole, Map<String, Integer> byField) {
  /** Nothing was compared. */
  public static final Leaks NONE = new Leaks(0, 0, Map.of());

  public Leaks {
    byField = Collections.unmodifiableMap(new LinkedHashMap<>(byField));
  }

  /**
   * Counts leaks.
   *
   * @param rows the rows that should be new
   * @param known the rows of the other part
   * @param fields the fields to compare
   */
  public static Leaks of(List<Example> rows, List<Example> known, Collection<String> fields) {
    Map<String, Integer> byField = new LinkedHashMap<>();
    for (String field : fields) {
      byField.put(field, count(rows, known, List.of(field)));
    }
    return new Leaks(rows.size(), count(rows, known, fields), byField);
  }

  private static int count(List<Example> rows, List<Example> known, Collection<String> fields) {
    Set<List<String>> texts = new HashSet<>();
    known.forEach(row -> texts.add(texts(row, fields)));
    return (int) rows.stream().filter(row -> texts.contains(texts(row, fields))).count();
  }

  private static List<String> texts(Example row, Collection<String> fields) {
    List<String> texts = new ArrayList<>();
    for (String field : fields) {
      texts.add(
          Normalizer.normalize(row.field(field), Normalizer.Form.NFC)
              .toLowerCase(Locale.ROOT)
              .strip()
              .replaceAll("\\s+", " "));
    }
    return texts;
  }

  /** Whether a row shares a text. */
  public boolean some() {
    return byField.values().stream().anyMatch(count -> count > 0);
  }

  /** For example {@code 2 of 1600 whole, question 30, passage 2}. */
  @Override
  public String toString() {
    StringBuilder words = new StringBuilder(whole + " of " + rows + " whole");
    if (byField.size() > 1) {
      byField.forEach((field, count) -> words.append(", ").append(field).append(' ').append(count));
    }
    return words.toString();
  }
}
