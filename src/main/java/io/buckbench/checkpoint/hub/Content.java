package io.buckbench.checkpoint.hub;

import io.buckbench.files.Digests;
import io.buckbench.input.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content that a file must have; an empty part is not checked.
 *
 * @param bytes its length
 * @param sha256 its digest, if pinned, locked or announced by the server
 * @param gitBlob its git blob id, which the server announces for small files instead
 */
record Content(Optional<Long> bytes, Optional<String> sha256, Optional<String> gitBlob) {
  /** Any content. */
  static final Content UNKNOWN = new Content(Optional.empty(), Optional.empty(), Optional.empty());

  private static final String DO_NOT_USE =
      "do not use this source: it does not serve the file that was pinned or announced";

  /** The content that a blob of this name must have: its SHA-256 or git blob id, or any. */
  static Content named(String name) {
    Optional<String> digest = Optional.of(name);
    return new Content(
        Optional.empty(),
        digest.filter(n -> n.matches("[0-9a-f]{64}")),
        digest.filter(n -> n.matches("[0-9a-f]{40}")));
  }

  /** Returns the same content with a pinned digest, which takes precedence over the server's. */
  Content pinned(Optional<String> pin) {
    return new Content(bytes, pin.or(() -> sha256), gitBlob);
  }

  /** Returns the differences of a file that was received from an address. */
  List<Problem> problems(Object address, Path file) throws IOException {
    List<Problem> problems = new ArrayList<>();
    if (bytes.isPresent() && Files.size(file) != bytes.get()) {
      problems.add(length(address, Files.size(file), bytes.get()));
    }
    if (sha256.isPresent()) {
      compare(address, "sha256 ", sha256.get(), Digests.ofFile(file), problems);
    }
    if (gitBlob.isPresent()) {
      compare(address, "git blob ", gitBlob.get(), Digests.gitBlob(file), problems);
    }
    return problems;
  }

  static Problem length(Object address, long found, long expected) {
    return new Problem(address.toString(), found + " bytes", expected + " bytes", DO_NOT_USE);
  }

  private static void compare(
      Object address, String name, String expected, String found, List<Problem> problems) {
    if (!expected.equals(found)) {
      problems.add(new Problem(address.toString(), name + found, name + expected, DO_NOT_USE));
    }
  }
}
