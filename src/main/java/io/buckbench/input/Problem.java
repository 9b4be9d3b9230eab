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
  @Override
  public String toString() {
    return where + ": found " + found + ", expected " + expected + "; " + todo;
  }
}
