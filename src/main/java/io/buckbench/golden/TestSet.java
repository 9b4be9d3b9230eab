package io.buckbench.golden;

import io.buckbench.data.Answers;
import io.buckbench.eval.AnswerCounts;
import io.buckbench.eval.Diagnosis;
import io.buckbench.eval.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of test items. Each answer is written as one letter: {@code y} and {@code n} for data with
 * the answers yes and no, otherwise a letter by the answer's place, {@code a} for the first; {@code
 * o} is any other text.
 *
 * @param ids the id of each item
 * @param answers the answers that the items can have
 * @param wanted the letter of each item's right answer
 */
public record TestSet(List<String> ids, Answers answers, String wanted) {
  private static final char OTHER = 'o';
  private static final String YES_NO = "yn";
  private static final String LETTERS =
      "abcdefghijklmnpqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  /** Further letters, of which Unicode has some ten thousand in a row. */
  private static final char MORE = '\u4e00';

  static TestSet of(List<Prediction> predictions) {
    Answers answers = predictions.get(0).answers();
    TestSet letters = new TestSet(List.of(), answers, "");
    StringBuilder wanted = new StringBuilder();
    predictions.forEach(p -> wanted.append(letters.letter(p.wanted())));
    return new TestSet(
        predictions.stream().map(Prediction::id).toList(), answers, wanted.toString());
  }

  /** The letter of an answer. */
  char letter(int answer) {
    if (answer == Answers.OTHER) {
      return OTHER;
    }
    if (yesNo()) {
      return YES_NO.charAt(answer);
    }
    return answer < LETTERS.length()
        ? LETTERS.charAt(answer)
        : (char) (MORE + answer - LETTERS.length());
  }

  /** The answer of a letter. */
  int answer(char letter) {
    if (letter == OTHER) {
      return Answers.OTHER;
    }
    String known = yesNo() ? YES_NO : LETTERS;
    int answer = known.indexOf(letter);
    return answer >= 0 ? answer : letter - MORE + LETTERS.length();
  }

  /**
   * The letters that may be written, for example {@code y, n or o}.
   *
   * @param other whether that of other texts is among them
   */
  String letters(boolean other) {
    List<String> all = new ArrayList<>();
    for (int answer = 0; answer < answers.size(); answer++) {
      all.add(String.valueOf(letter(answer)));
    }
    if (other) {
      all.add(String.valueOf(OTHER));
    }
    int last = all.size() - 1;
    if (last < 1) {
      return String.join("", all);
    }
    return String.join(", ", all.subList(0, last)) + " or " + all.get(last);
  }

  /** Whether each of some letters stands for an answer, or for another text if that is allowed. */
  boolean knows(String letters, boolean other) {
    return letters
        .chars()
        .map(letter -> answer((char) letter))
        .allMatch(a -> a == Answers.OTHER ? other : a >= 0 && a < answers.size());
  }

  private boolean yesNo() {
    return answers.words().equals(Answers.YES_NO.words());
  }

  /** A short key computed from the content. */
  String key() {
    String words = yesNo() ? "" : answers.words() + "\n";
    return ids.size()
        + "-"
        + RunDigests.text(words + String.join("\n", ids) + "\n" + wanted).substring(0, 12);
  }

  /** Which items are answered right; {@code letters} is empty if the trial failed. */
  boolean[] right(String letters) {
    boolean[] right = new boolean[wanted.length()];
    for (int i = 0; i < letters.length(); i++) {
      right[i] = letters.charAt(i) == wanted.charAt(i);
    }
    return right;
  }

  /** Whether a trial collapsed to one answer; a failed one did not. */
  boolean collapsed(String letters) {
    return !letters.isEmpty()
        && Diagnosis.collapsed(
            AnswerCounts.of(
                answers,
                wanted.chars().map(letter -> answer((char) letter)).toArray(),
                letters.chars().map(letter -> answer((char) letter)).toArray()));
  }

  /** The share of items that are answered right, 0 to 1. */
  double rightShare(String letters) {
    int count = 0;
    for (boolean right : right(letters)) {
      count += right ? 1 : 0;
    }
    return (double) count / wanted.length();
  }
}
