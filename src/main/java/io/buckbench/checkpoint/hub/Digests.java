package io.buckbench.checkpoint.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The two digests the hub names content by. */
public final class Digests {
  private Digests() {}

  /** SHA-256 of a file, in lower-case hex: the ETag of large files, and what we pin. */
  public static String sha256(Path file) throws IOException {
    return of("SHA-256", new byte[0], file);
  }

  /** Git's name of a file's content: the ETag of small files. */
  static String gitBlob(Path file) throws IOException {
    String header = "blob " + Files.size(file) + "\0";
    return of("SHA-1", header.getBytes(StandardCharsets.UTF_8), file);
  }

  private static String of(String algorithm, byte[] prefix, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(prefix);
      byte[] piece = new byte[1 << 16];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        digest.update(piece, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has " + algorithm, e);
    }
  }
}
