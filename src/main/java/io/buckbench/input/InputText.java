package io.buckbench.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads whole files as bytes or strict UTF-8; an unreadable file is an {@link
 * InvalidInputException}.
 */
public final class InputText {
  /** The longest array that every JVM can allocate. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8L;

  private InputText() {}

  /**
   * The text of a file, without a byte order mark.
   *
   * @param expected what the file should be, for the message
   * @param todo what to do if it cannot be read, for the message
   * @throws InvalidInputException if it is missing, not a file, or not UTF-8
   */
  public static String read(Path file, String expected, String todo) {
    String text = utf8(file.toString(), bytes(file, expected, todo));
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /**
   * The bytes of a file; the parameters are those of {@link #read}.
   *
   * @throws InvalidInputException if it is missing or not a file
   */
  public static byte[] bytes(Path file, String expected, String todo) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
        throw new InvalidInputException(
            file.toString(),
            Files.size(file) + " bytes",
            expected + " of at most " + MOST_BYTES + " bytes",
            todo);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      String found =
          e instanceof NoSuchFileException
              ? "no such file"
              : Files.isDirectory(file) ? "a directory" : "a file that cannot be read: " + e;
      throw new InvalidInputException(file.toString(), found, expected, todo, e);
    }
  }

  /**
   * Decodes bytes. Malformed bytes are an error; {@code new String} would replace them.
   *
   * @param where the file and line, for the message
   * @throws InvalidInputException if they are not UTF-8
   */
  public static String utf8(String where, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          where, "bytes that are not UTF-8", "UTF-8", "save the file as UTF-8", e);
    }
  }
}
