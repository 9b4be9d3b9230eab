package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import java.util.Optional;

/**
 * Which build of the native tokenizer library DJL loads. Left alone, it looks for a CUDA build on
 * newer GPUs and downloads it, without a digest to check it by; the ids would be the same. The
 * variable or system property {@code RUST_FLAVOR} decides, read when DJL's tokenizers are first
 * used.
 */
final class TokenizerLibrary {
  private static final String FLAVOR = "RUST_FLAVOR";
  private static final String CPU = "cpu";

  private TokenizerLibrary() {}

  /**
   * Keeps DJL to the CPU build on the class path; called before the first of DJL's tokenizer
   * classes.
   */
  static void pin() {
    String variable = System.getenv(FLAVOR);
    String wanted = variable == null ? System.getProperty(FLAVOR) : variable;
    System.setProperty(FLAVOR, flavor(Optional.ofNullable(wanted)));
  }

  /**
   * @param wanted what the variable says or, where there is none, the property
   * @throws InvalidInputException for any other build, since DJL would download it
   */
  static String flavor(Optional<String> wanted) {
    if (wanted.isPresent() && !wanted.get().equals(CPU)) {
      throw new InvalidInputException(
          FLAVOR,
          "'" + wanted.get() + "'",
          CPU + ", the build of the tokenizers on the class path",
          "unset the variable or property");
    }
    return CPU;
  }
}
