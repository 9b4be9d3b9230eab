package io.buckbench.files;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 in lower-case hexadecimal, and git's SHA-1 of a file. */
public final class Digests {
  private Digests() {}

  /** A new SHA-256 digest, to update piece by piece and complete with {@link #hex}. */
  public static MessageDigest sha256() {
    return digest("SHA-256");
  }

  /** Completes a digest and returns it in lower-case hexadecimal. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The SHA-256 of bytes. */
  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** The SHA-256 of a text's UTF-8 bytes. */
  public static String ofText(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The SHA-256 of a file.
   *
   * @throws InvalidInputException if it is missing
   */
  public static String ofFile(Path file) {
    return ofFiles(List.of(file));
  }

  /**
   * The SHA-256 of the bytes of several files, one file after the other.
   *
   * @throws InvalidInputException if one is missing
   */
  public static String ofFiles(List<Path> files) {
    MessageDigest digest = sha256();
    files.forEach(file -> add(digest, file));
    return hex(digest);
  }

  /** Git's blob id (SHA-1) of a file's content, by which the hub identifies small files. */
  public static String gitBlob(Path file) {
    MessageDigest digest = digest("SHA-1");
    try {
      String header = "blob " + Files.size(file) + "\0";
      digest.update(header.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
    add(digest, file);
    return hex(digest);
  }

  private static void add(MessageDigest digest, Path file) {
    byte[] piece = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        digest.update(piece, 0, read);
      }
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          file.toString(), "no such file", "a file to take the digest of", "restore it", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }
}
