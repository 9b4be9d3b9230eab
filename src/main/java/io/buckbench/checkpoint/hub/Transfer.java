package io.buckbench.checkpoint.hub;

import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Transfers one file from an address to a path, completely and verified or not at all. The part
 * received so far is kept in {@code <name>.incomplete}; the transfer resumes from there after an
 * interruption or a restart.
 */
final class Transfer {
  private static final int PIECE_BYTES = 1 << 16;

  /** The most bytes of a file whose length nobody announced: a body may have no end. */
  private static final long MOST_UNANNOUNCED_BYTES = 1L << 28;

  private static final String AGAIN = "start it again: the part received so far is kept";

  private final Web web;
  private final Retries retries;
  private final TransferListener progress;

  Transfer(Web web, Retries retries, TransferListener progress) {
    this.web = web;
    this.retries = retries;
    this.progress = progress;
  }

  /**
   * Fetches the file and moves it to its target after it was verified.
   *
   * @throws TransferException if the server fails, naming the status and what to do
   * @throws InvalidInputException if the content is not the wanted one
   */
  void fetch(URI address, Path target, String name, Content wanted) {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      Path partial = target.resolveSibling(target.getFileName() + ".incomplete");
      requireSpace(address, partial, wanted);
      boolean resumed = Files.exists(partial) && Files.size(partial) > 0;
      receive(address, partial, name, wanted);
      List<Problem> problems = wanted.problems(address, partial);
      if (!problems.isEmpty() && resumed) {
        // Perhaps only the kept part was wrong: try once more from the beginning.
        Files.delete(partial);
        receive(address, partial, name, wanted);
        problems = wanted.problems(address, partial);
      }
      if (!problems.isEmpty()) {
        Files.delete(partial);
        throw new InvalidInputException(problems);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(target.toString(), e);
    }
  }

  /** Refuses a file that does not fit on the disk, and a partial one that is a link elsewhere. */
  private static void requireSpace(URI address, Path partial, Content wanted) throws IOException {
    if (Files.isSymbolicLink(partial)) {
      Files.delete(partial);
    }
    long there = Files.exists(partial) ? Files.size(partial) : 0;
    long free = Folders.usableBytes(partial.toAbsolutePath().getParent());
    if (wanted.bytes().isPresent() && wanted.bytes().get() - there > free) {
      throw new TransferException(
          address,
          wanted.bytes().get() + " bytes announced, but only " + free + " free in " + partial,
          "free some space, or set HF_HUB_CACHE");
    }
  }

  private void receive(URI address, Path partial, String name, Content wanted) throws IOException {
    int failures = 0;
    while (true) {
      long before = Files.exists(partial) ? Files.size(partial) : 0;
      if (wanted.bytes().isPresent() && before > wanted.bytes().get()) {
        Files.delete(partial);
        before = 0;
      }
      if (wanted.bytes().isPresent() && before == wanted.bytes().get() && before > 0) {
        return;
      }
      Optional<String> retryAfter = Optional.empty();
      String failure;
      Exception cause = null;
      try {
        HttpResponse<InputStream> answer =
            web.get(address, before > 0 ? Map.of("Range", "bytes=" + before + "-") : Map.of());
        try (InputStream body = answer.body()) {
          if (answer.statusCode() / 100 == 2) {
            store(address, answer, body, partial, before, name, wanted);
            return;
          }
          if (answer.statusCode() == 416) {
            // The kept part is not the beginning of the current file.
            Files.deleteIfExists(partial);
          } else if (!Retries.isTemporary(answer.statusCode())) {
            throw refused(address, answer);
          }
          retryAfter = answer.headers().firstValue("Retry-After");
          failure = "status " + answer.statusCode();
        }
      } catch (IOException e) {
        failure = "the transfer was interrupted: " + e.getMessage();
        cause = e;
      }
      long after = Files.exists(partial) ? Files.size(partial) : 0;
      // A server that sends one byte a request would never end.
      failures = after - before >= PIECE_BYTES ? 1 : failures + 1;
      if (failures >= retries.attempts()) {
        throw new TransferException(
            address, failure + ", " + failures + " times in a row", AGAIN, cause);
      }
      retries.pause(failures, retryAfter);
    }
  }

  private void store(
      URI address,
      HttpResponse<InputStream> answer,
      InputStream body,
      Path partial,
      long before,
      String name,
      Content wanted)
      throws IOException {
    boolean continues = answer.statusCode() == 206;
    if (continues && !startsAt(answer, before)) {
      Files.deleteIfExists(partial);
      throw new IOException("the server sent another range than requested");
    }
    long at = continues ? before : 0;
    long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    long total = wanted.bytes().orElse(length < 0 ? -1 : at + length);
    if (total >= 0 && length >= 0 && at + length != total) {
      throw new InvalidInputException(List.of(Content.length(address, at + length, total)));
    }
    progress.at(name, at, total);
    StandardOpenOption mode =
        continues ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    try (OutputStream out =
            Files.newOutputStream(
                partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode);
        StallGuard guard = new StallGuard(body, retries.stall())) {
      byte[] piece = new byte[PIECE_BYTES];
      for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
        guard.moved(read);
        at += read;
        if (total >= 0 && at > total) {
          throw new InvalidInputException(List.of(Content.length(address, at, total)));
        }
        if (total < 0 && at > MOST_UNANNOUNCED_BYTES) {
          throw new TransferException(
              address,
              "more than " + MOST_UNANNOUNCED_BYTES + " bytes of a file without a length",
              "do not use this source");
        }
        out.write(piece, 0, read);
        progress.at(name, at, total);
      }
    }
    if (total >= 0 && at < total) {
      throw new IOException("only " + at + " of " + total + " bytes arrived");
    }
  }

  private static boolean startsAt(HttpResponse<InputStream> answer, long before) {
    return answer
        .headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + before + "-"))
        .isPresent();
  }

  /** The exception for a status that is not temporary. */
  static TransferException refused(URI address, HttpResponse<InputStream> answer) {
    String code = answer.headers().firstValue("X-Error-Code").map(c -> " (" + c + ")").orElse("");
    String todo =
        switch (answer.statusCode()) {
          case 401, 403 ->
              "set HF_TOKEN to a token with read access, and accept the terms on the model's page";
          case 404 -> "check the name, the file and the revision";
          default -> "check HF_ENDPOINT and proxies, or give the files by --model-dir, --data-dir";
        };
    String found = "status " + answer.statusCode() + code;
    return answer.statusCode() == 404
        ? new TransferException.Missing(address, found, todo)
        : new TransferException(address, found, todo);
  }
}
