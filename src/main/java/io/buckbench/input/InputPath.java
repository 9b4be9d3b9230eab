package io.buckbench.input;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths and file names that come from the content of a file. */
public final class InputPath {
  /** The most bytes of a file's name on the file systems in use. */
  public static final int MOST_NAME_BYTES = 255;

  private InputPath() {}

  /**
   * A path relative to a folder, or an absolute one.
   *
   * @param where the file with its line or key, for the message
   * @throws InvalidInputException if it is not a path, such as a text with NUL, or if a name in it
   *     is longer than {@value #MOST_NAME_BYTES} bytes
   */
  public static Path in(Path folder, String where, String text) {
    Path path;
    try {
      path = folder.resolve(text);
    } catch (InvalidPathException e) {
      throw refused(where, text + " (" + e.getReason() + ")", "a path", e);
    }
    for (Path name : path) {
      if (bytes(name.toString()) > MOST_NAME_BYTES) {
        throw refused(where, text, "names of at most " + MOST_NAME_BYTES + " bytes", null);
      }
    }
    return path;
  }

  /**
   * A file directly in a folder.
   *
   * @param where the file with its line or key, for the message
   * @throws InvalidInputException also if the text is empty or leaves the folder
   */
  public static Path child(Path folder, String where, String name) {
    Path path = in(folder, where, name);
    if (!isPlain(name)) {
      throw refused(where, name, "a plain name, of a file in " + folder, null);
    }
    return path;
  }

  /** Whether a text names a file directly in a folder, and fits a file system. */
  public static boolean isPlain(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ')
        && bytes(name) <= MOST_NAME_BYTES;
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  private static InvalidInputException refused(
      String where, String found, String expected, Throwable cause) {
    return new InvalidInputException(
        where, "the file name " + found, expected, "do not use this file, or correct it", cause);
  }
}
