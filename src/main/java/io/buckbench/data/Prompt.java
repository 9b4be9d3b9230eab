package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Converts a question and its passage to a text that is continued with {@code " yes"} or {@code "
 * no"}. A prompt is never edited, since results under different texts cannot be compared; a new
 * text gets a new id.
 *
 * @param id the name that a suite uses
 * @param template the text, with {@code {question}} and {@code {passage}} once each
 */
public record Prompt(String id, String template) {
  private static final String QUESTION = "{question}";
  private static final String PASSAGE = "{passage}";

  /** "Bang For Your Buck", section on data, with a question mark added. */
  private static final Prompt PAPER =
      new Prompt(
          "paper",
          "Using information in the passage, answer the following question: {question}?"
              + " ### Passage: {passage} ### Answer:");

  /** The task super_glue/boolq of EleutherAI's lm-evaluation-harness, version 2.0. */
  private static final Prompt HARNESS =
      new Prompt("harness", "{passage}\nQuestion: {question}?\nAnswer:");

  private static final Map<String, Prompt> BY_ID = new LinkedHashMap<>();

  static {
    BY_ID.put(PAPER.id, PAPER);
    BY_ID.put(HARNESS.id, HARNESS);
  }

  /** Checks that each slot occurs once. */
  public Prompt {
    for (String slot : new String[] {QUESTION, PASSAGE}) {
      int first = template.indexOf(slot);
      if (first < 0 || template.indexOf(slot, first + 1) >= 0) {
        throw new IllegalArgumentException("prompt " + id + " must have " + slot + " once");
      }
    }
  }

  /**
   * The prompt with an id.
   *
   * @throws InvalidInputException if the id is not one of {@link #ids()}
   */
  public static Prompt byId(String id) {
    Prompt prompt = BY_ID.get(id);
    if (prompt == null) {
      throw new InvalidInputException(
          "prompt", id, "one of " + String.join(", ", ids()), "use one of these ids");
    }
    return prompt;
  }

  /** All known ids. */
  public static Set<String> ids() {
    return Collections.unmodifiableSet(BY_ID.keySet());
  }

  /** The text for an example. */
  public String text(Example example) {
    return text(example, example.field(Example.PASSAGE));
  }

  /** The text for an example with another passage, such as a shortened one. */
  public String text(Example example, String passage) {
    // The template is split first, since a question may contain the text {passage}.
    int at = template.indexOf(PASSAGE);
    String before = template.substring(0, at).replace(QUESTION, example.field(Example.QUESTION));
    String after =
        template
            .substring(at + PASSAGE.length())
            .replace(QUESTION, example.field(Example.QUESTION));
    return before + passage + after;
  }

  /** An answer as the continuation of the text, with its leading space. */
  public static String target(String word) {
    return " " + word;
  }
}
