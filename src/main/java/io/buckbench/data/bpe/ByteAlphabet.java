package io.buckbench.data.bpe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The letters in which byte-level BPE writes bytes: printable bytes are themselves, the others are
 * the letters from U+0100 on, in order (GPT-2's {@code bytes_to_unicode}).
 */
final class ByteAlphabet {
  private static final List<String> LETTERS = letters();

  private ByteAlphabet() {}

  private static List<String> letters() {
    List<String> letters = new ArrayList<>();
    char next = 0x100;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      letters.add(String.valueOf(printable ? (char) value : next++));
    }
    return List.copyOf(letters);
  }

  /** The letters of the byte values 0 to 255. */
  static List<String> all() {
    return LETTERS;
  }

  /** The letters of a text's UTF-8 bytes. */
  static List<String> spell(String text) {
    List<String> spelt = new ArrayList<>();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      spelt.add(LETTERS.get(b & 0xFF));
    }
    return spelt;
  }
}
