package io.buckbench.record;

import io.buckbench.files.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A record could not be written into its store, for example because the disk is full. The message
 * names the second place in which the record and the trained adapter were kept.
 */
public final class StoreWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StoreWriteException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Copies what a trial left to the system's temporary folder.
   *
   * @param target where the record belongs
   * @param draft has the trial's other files
   */
  static StoreWriteException of(Path target, Path draft, RunRecord record, Exception cause) {
    String found = target + ": found a store that cannot be written (" + words(cause) + ")";
    try {
      Path kept = Files.createTempDirectory("buckbench-kept-");
      Folders.copy(draft, kept);
      RunFiles.write(kept, record);
      return new StoreWriteException(
          found
              + ", expected room for the record; it and the adapter were kept in "
              + kept
              + ": free some space and move that folder to "
              + target,
          cause);
    } catch (IOException | UncheckedIOException e) {
      return new StoreWriteException(
          found
              + ", expected room for the record; it could not be kept in the temporary folder"
              + " either ("
              + words(e)
              + "): free some space and run the trial again",
          cause);
    }
  }

  private static String words(Exception e) {
    return e instanceof UncheckedIOException unchecked
        ? unchecked.getMessage() + ": " + unchecked.getCause().getMessage()
        : String.valueOf(e.getMessage());
  }
}
