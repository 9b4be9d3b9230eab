package io.buckbench.data.bpe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The characters that represent bytes in byte-level BPE: printable bytes represent themselves, the
 * others are assigned characters from U+0100 on, in order (GPT-2's {@code bytes_to_unicode}).
 */
final class ByteAlphabet {
  /** The characters of the byte values 0 to 255. */
  static final List<String> CHARACTERS = characters();

  private ByteAlphabet() {}

  private static List<String> characters() {
    List<String> characters = new ArrayList<>();
    char next = 0x100;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      characters.add(String.valueOf(printable ? (char) value : next++));
    }
    return List.copyOf(characters);
  }

  /** The characters of a text's UTF-8 bytes. */
  static List<String> spell(String text) {
    List<String> spelt = new ArrayList<>();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      spelt.add(CHARACTERS.get(b & 0xFF));
    }
    return spelt;
  }
}
