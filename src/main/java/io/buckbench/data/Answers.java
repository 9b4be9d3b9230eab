package io.buckbench.data;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The answers that the questions of a data set can have. An answer is named by its index in {@link
 * #words}; {@link #OTHER} is the index of any text that is none of them.
 *
 * @param words words or phrases in any language, at least two, as a model should write them; none
 *     if they are unknown, for example of a trial that failed before it read its data
 * @param commonest index of the commonest answer of the training examples, the first of several
 */
public record Answers(List<String> words, int commonest) {
  /** The index of a text that is not one of the words. */
  public static final int OTHER = -1;

  /** {@code yes} and {@code no}, of which yes is commonest, as in BoolQ. */
  public static final Answers YES_NO = new Answers(List.of("yes", "no"), 0);

  /** The answers of a data set that was not read. */
  public static final Answers UNKNOWN = new Answers(List.of(), 0);

  /**
   * @throws IllegalArgumentException for a single word, a blank one, or two that {@link #of} cannot
   *     tell apart
   */
  public Answers {
    words = List.copyOf(words);
    Set<String> seen = new HashSet<>();
    for (String word : words) {
      if (word.isBlank() || !seen.add(normal(word))) {
        throw new IllegalArgumentException("the answer '" + word + "' is blank or there twice");
      }
    }
    if (words.size() == 1 || commonest < 0 || commonest >= Math.max(1, words.size())) {
      throw new IllegalArgumentException("answers " + words + ", commonest " + commonest);
    }
  }

  /** Number of answers. */
  public int size() {
    return words.size();
  }

  /** The word of an answer; {@code other} for {@link #OTHER}. */
  public String word(int answer) {
    return answer == OTHER ? "other" : words.get(answer);
  }

  /**
   * The answer that a generated text gives by the paper's strict rule: one of the words, ignoring
   * case, surrounding white space and Unicode's ways to compose a letter. Any other text is {@link
   * #OTHER}; for {@code yes} and {@code no} that includes "true" and "false" (Hamilton and Mueller
   * 2023, section on metrics).
   */
  public int of(String generated) {
    String text = normal(generated);
    for (int answer = 0; answer < words.size(); answer++) {
      if (normal(words.get(answer)).equals(text)) {
        return answer;
      }
    }
    return OTHER;
  }

  /** A text as the strict rule compares it. */
  static String normal(String text) {
    return Normalizer.normalize(text.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** For example {@code yes or no}. */
  public String either() {
    return listed("or");
  }

  /** For example {@code neither yes nor no}; {@code none of a, b and c} for more than two. */
  public String neither() {
    return size() == 2
        ? "neither " + words.get(0) + " nor " + words.get(1)
        : "none of " + listed("and");
  }

  /** The name of the baseline that always gives an answer, for example {@code always yes}. */
  public String always(int answer) {
    return "always " + word(answer);
  }

  private String listed(String last) {
    int end = Math.max(0, size() - 1);
    return String.join(", ", words.subList(0, end)) + " " + last + " " + words.get(end);
  }
}
