package io.buckbench.record;

import io.buckbench.files.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a trial left could not be written where it belongs, for example because the disk is full.
 * The message names the second place, in the system's temporary folder, where it was kept.
 */
public final class StoreWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StoreWriteException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Saves a trained adapter.
   *
   * @param target where it belongs
   * @param save writes it into a folder
   * @throws StoreWriteException if that is not possible; it says where the adapter was kept instead
   */
  public static void keeping(Path target, Consumer<Path> save) {
    try {
      save.accept(target);
    } catch (UncheckedIOException e) {
      throw of(target, "the trained adapter, which was", "use it from there", save, e);
    }
  }

  /**
   * Keeps the record of a trial and its other files.
   *
   * @param target where the record belongs
   * @param draft has the trial's other files
   */
  static StoreWriteException of(Path target, Path draft, RunRecord record, Exception cause) {
    return of(
        target,
        "the record; it and the trial's other files were",
        "move that folder to "
            + target
            + (record.failure().isEmpty() ? "" : "; the trial itself: " + record.failure()),
        kept -> {
          Folders.copy(draft, kept);
          RunFiles.write(kept, record);
        },
        cause);
  }

  private static StoreWriteException of(
      Path target, String what, String todo, Consumer<Path> save, Exception cause) {
    String found =
        target
            + ": found a place that cannot be written ("
            + words(cause)
            + "), expected room for "
            + what;
    try {
      Path kept = Files.createTempDirectory("buckbench-kept-");
      save.accept(kept);
      return new StoreWriteException(
          found + " kept in " + kept + ": free some space and " + todo, cause);
    } catch (IOException | UncheckedIOException e) {
      return new StoreWriteException(
          found
              + " not kept in the temporary folder either ("
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
