package io.buckbench.input;

/**
 * One thing wrong with an input, told so that its reader can mend it.
 *
 * @param where the file with its line, row, key or tensor, for example {@code smoke.csv:7 column
 *     rank}
 * @param found what stands there
 * @param expected what should stand there
 * @param todo what to do next
 */
public record Problem(String where, String found, String expected, String todo) {
  @Override
  public String toString() {
    return where + ": found " + found + ", expected " + expected + "; " + todo;
  }
}
