package io.buckbench.input;

/**
 * One problem of an input, described so that the user can correct it.
 *
 * @param where the file with its line, row, key or tensor, for example {@code smoke.csv:7 column
 *     rank}
 * @param found the value or state that was found
 * @param expected the value or state that was expected
 * @param todo what to do next
 */
public record Problem(String where, String found, String expected, String todo) {
  /** Longer texts come from a damaged or forged file, and would hide the rest of the message. */
  private static final int MOST_CHARACTERS = 2000;

  /** Shortens texts of more than {@value #MOST_CHARACTERS} characters. */
  public Problem {
    where = shortened(where);
    found = shortened(found);
    expected = shortened(expected);
    todo = shortened(todo);
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS
        ? text
        : text.substring(0, MOST_CHARACTERS)
            + "... ("
            + (text.length() - MOST_CHARACTERS)
            + " more characters)";
  }

  @Override
  public String toString() {
    return where + ": found " + found + ", expected " + expected + "; " + todo;
  }
}
