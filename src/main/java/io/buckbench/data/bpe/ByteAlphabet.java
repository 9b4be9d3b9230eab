package io.buckbench.data.bpe;

import io.buckbench.data.ByteLetters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts as byte-level BPE spells them, a {@link ByteLetters letter} for each byte. */
final class ByteAlphabet {
  private ByteAlphabet() {}

  /** The characters by byte value. */
  static List<String> all() {
    List<String> all = new ArrayList<>();
    for (int value = 0; value < 256; value++) {
      all.add(String.valueOf(ByteLetters.letter(value)));
    }
    return all;
  }

  /** The UTF-8 bytes of a text, a character each. */
  static List<String> spell(String text) {
    List<String> spelt = new ArrayList<>();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      spelt.add(String.valueOf(ByteLetters.letter(b & 0xFF)));
    }
    return spelt;
  }
}
