package io.buckbench.data.bpe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A printable character for each byte, as GPT-2 has it: printable Latin-1 characters stand for
 * themselves, the others are moved to U+0100 and up in the order of their bytes.
 */
final class ByteAlphabet {
  private static final char[] CHARACTERS = characters();

  private ByteAlphabet() {}

  /** The characters by byte value. */
  static List<String> all() {
    List<String> all = new ArrayList<>();
    for (char c : CHARACTERS) {
      all.add(String.valueOf(c));
    }
    return all;
  }

  /** The UTF-8 bytes of a text, a character each. */
  static List<String> spell(String text) {
    List<String> spelt = new ArrayList<>();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      spelt.add(String.valueOf(CHARACTERS[b & 0xFF]));
    }
    return spelt;
  }

  private static char[] characters() {
    char[] characters = new char[256];
    int moved = 0;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      characters[b] = (char) (printable ? b : 256 + moved++);
    }
    return characters;
  }
}
