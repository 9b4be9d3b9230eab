package io.buckbench.input;

/** Checks that texts are Unicode, which Java's strings need not be. */
public final class Unicode {
  private Unicode() {}

  /**
   * The index of the first half of a surrogate pair without its other half; -1 if there is none.
   * Such a text has no UTF-8: {@link String#getBytes} would write a question mark for it.
   */
  public static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        return i;
      }
    }
    return -1;
  }
}
