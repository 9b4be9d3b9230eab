package io.buckbench.data;

import io.buckbench.input.InvalidInputException;
import java.util.Optional;

/**
 * Makes DJL load the CPU build of the native tokenizer library. By default DJL downloads a CUDA
 * build on newer GPUs, which no digest verifies; the ids would be the same. DJL reads the
 * environment variable or system property {@code RUST_FLAVOR} when its tokenizers are first used.
 */
final class TokenizerLibrary {
  private static final String FLAVOR = "RUST_FLAVOR";
  private static final String CPU = "cpu";

  private TokenizerLibrary() {}

  /** Selects the CPU build. Must be called before DJL's tokenizer classes are initialised. */
  static void pin() {
    String variable = System.getenv(FLAVOR);
    String wanted = variable == null ? System.getProperty(FLAVOR) : variable;
    System.setProperty(FLAVOR, flavor(Optional.ofNullable(wanted)));
  }

  /**
   * @param wanted the value of the variable or, if it is not set, of the property
   * @throws InvalidInputException if another build is wanted, since DJL would download it
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
