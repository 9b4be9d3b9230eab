package io.buckbench.data.jinja;

/** The text that a template has written so far, which is bounded. */
final class Output {
  /** Far more than a prompt; a template that writes more is a mistake or an attack. */
  private static final int MOST_CHARACTERS = 1 << 24;

  private final StringBuilder text = new StringBuilder();

  void add(String more) {
    if (text.length() + more.length() > MOST_CHARACTERS) {
      throw tooLong();
    }
    text.append(more);
  }

  static Failure tooLong() {
    return new Failure(
        "more than " + MOST_CHARACTERS + " characters of output", "a text that is a prompt");
  }

  /** Refuses a text of so many characters, and a list of so many items. */
  static void requireShort(long characters) {
    if (characters > MOST_CHARACTERS) {
      throw tooLong();
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
