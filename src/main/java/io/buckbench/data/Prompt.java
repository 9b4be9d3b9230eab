package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a question and its passage become a text to be continued with {@code " yes"} or {@code "
 * no"}. A prompt is known by its id and never edited, only joined by another id: numbers under two
 * texts cannot be compared.
 *
 * @param id what a suite's row says
 * @param template the text, with {@code {question}} and {@code {passage}} once each
 */
public record Prompt(String id, String template) {
  private static final String QUESTION = "{question}";
  private static final String PASSAGE = "{passage}";

  /** "Bang For Your Buck", section on data: the question mark is added, the layout theirs. */
  private static final Prompt PAPER =
      new Prompt(
          "paper",
          "Using information in the passage, answer the following question: {question}?"
              + " ### Passage: {passage} ### Answer:");

  /** EleutherAI's lm-evaluation-harness, task super_glue/boolq, version 2.0. */
  private static final Prompt HARNESS =
      new Prompt("harness", "{passage}\nQuestion: {question}?\nAnswer:");

  private static final Map<String, Prompt> BY_ID = new LinkedHashMap<>();

  static {
    BY_ID.put(PAPER.id, PAPER);
    BY_ID.put(HARNESS.id, HARNESS);
  }

  /** Checks that both slots are there, once. */
  public Prompt {
    for (String slot : new String[] {QUESTION, PASSAGE}) {
      int first = template.indexOf(slot);
      if (first < 0 || template.indexOf(slot, first + 1) >= 0) {
        throw new IllegalArgumentException("prompt " + id + " must have " + slot + " once");
      }
    }
  }

  /**
   * @throws InvalidInputException for an id that is not {@link #ids() known}
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

  /** The whole text. */
  public String text(YesNoExample example) {
    return text(example, example.passage());
  }

  /** The whole text with another passage, such as a shortened one. */
  public String text(YesNoExample example, String passage) {
    // Split first: a question may hold the word {passage}, and must not be filled in twice.
    int at = template.indexOf(PASSAGE);
    String before = template.substring(0, at).replace(QUESTION, example.question());
    String behind = template.substring(at + PASSAGE.length()).replace(QUESTION, example.question());
    return before + passage + behind;
  }

  /** The wanted continuation, its space included. */
  public static String target(boolean answer) {
    return answer ? " yes" : " no";
  }
}
