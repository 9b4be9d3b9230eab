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
 * What a file must be.
 *
 * @param bytes its length, where it is known
 * @param sha256 its digest, where it is pinned, locked or told by the server
 * @param gitBlob git's name of it, where the server tells that instead
 */
record Content(Optional<Long> bytes, Optional<String> sha256, Optional<String> gitBlob) {
  private static final String DO_NOT_USE =
      "do not use this source: what it serves is not the file that was pinned or announced";

  /** By its digest alone, if that. */
  static Content of(Optional<String> sha256) {
    return new Content(Optional.empty(), sha256, Optional.empty());
  }

  /** The same with a digest that was pinned, which outranks the server's. */
  Content pinned(Optional<String> pin) {
    return new Content(bytes, pin.or(() -> sha256), gitBlob);
  }

  /** What is wrong with a file that came from an address. */
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
