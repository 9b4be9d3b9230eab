package io.buckbench.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One example of a data set.
 *
 * @param id its place, unique in a data set, for example {@code validation.jsonl:17}
 * @param fields the texts that a prompt can show, by name
 * @param answer index of the right answer in the data set's {@link Answers}
 * @param level the difficulty that the data set declares, or the empty string
 */
public record Example(String id, Map<String, String> fields, int answer, String level) {
  /** The field of a question in BoolQ and data sets like it. */
  public static final String QUESTION = "question";

  /** The field of the text that a question is about. */
  public static final String PASSAGE = "passage";

  public Example {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * A question about a passage, as in BoolQ.
   *
   * @param question in lower case and without a question mark
   * @param yes whether the answer is yes, the first of {@link Answers#YES_NO}
   */
  public static Example yesNo(
      String id, String question, String passage, boolean yes, String level) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put(QUESTION, question);
    fields.put(PASSAGE, passage);
    return new Example(id, fields, yes ? 0 : 1, level);
  }

  /**
   * The text of a field.
   *
   * @throws IllegalArgumentException if the example does not have it
   */
  public String field(String name) {
    String text = fields.get(name);
    if (text == null) {
      throw new IllegalArgumentException(
          id + " has no field " + name + ", only " + fields.keySet());
    }
    return text;
  }

  /** The same example with another right answer. */
  public Example answered(int other) {
    return new Example(id, fields, other, level);
  }
}
