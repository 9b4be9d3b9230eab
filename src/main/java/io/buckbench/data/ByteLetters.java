package io.buckbench.data;

/**
 * The letter by which byte-level BPE writes each byte: printable ones stand for themselves, the
 * others for the letters from U+0100 on, in order (GPT-2's {@code bytes_to_unicode}).
 */
public final class ByteLetters {
  private static final char[] LETTERS = new char[256];

  static {
    char next = 0x100;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      LETTERS[value] = printable ? (char) value : next++;
    }
  }

  private ByteLetters() {}

  /** The letter of a byte's value, 0 to 255. */
  public static char letter(int value) {
    return LETTERS[value];
  }
}
