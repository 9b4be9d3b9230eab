package io.buckbench.checkpoint.hub;

import static io.buckbench.checkpoint.hub.LocalHub.COMMIT;
import static io.buckbench.checkpoint.hub.LocalHub.breaksOffAfter;
import static io.buckbench.checkpoint.hub.LocalHub.good;
import static io.buckbench.checkpoint.hub.LocalHub.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that misbehave, each in one way and for as long as it is asked: a fetch ends soon, with
 * one line, and nothing is in the cache or the lock that was not verified. A good server is then
 * enough.
 */
class HubMisbehaviourTest {
  private static final HubRepo REPO = new HubRepo("facebook/opt-125m");
  private static final String MAIN = "/facebook/opt-125m/resolve/main/model.bin";
  private static final String PINNED = "/facebook/opt-125m/resolve/" + COMMIT + "/model.bin";
  private static final byte[] CONTENT = content(90_000, 31);
  private static final int REQUESTS = 40;
  private static final Duration WITHIN = Duration.ofSeconds(30);

  /** How long a server that misbehaves may be silent; a good one has {@link #WITHIN}. */
  private static final Duration SOON = Duration.ofMillis(700);

  @TempDir Path dir;

  private static byte[] content(int bytes, int factor) {
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) (i * factor + (i >> 8));
    }
    return content;
  }

  private static LocalHub.Response announcing(String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "X-Test";
    all[headers.length + 1] = "x";
    return status(200, all);
  }

  /** Sends a body in pieces with a pause after each, for at most 20 s. */
  private static LocalHub.Response slow(int length, byte[] piece, int millis) {
    return exchange -> {
      exchange.sendResponseHeaders(200, length);
      for (int i = 0; i < 20_000 / Math.max(1, millis); i++) {
        exchange.getResponseBody().write(piece);
        exchange.getResponseBody().flush();
        pause(millis);
      }
      exchange.close();
    };
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void body(HttpExchange exchange, int status, long length, byte[] bytes)
      throws IOException {
    exchange.sendResponseHeaders(status, length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, LocalHub.Response> misbehaviours() {
    String etag = "\"" + LocalHub.gitBlob(CONTENT) + "\"";
    byte[] page = "<html>Log in to use this network</html>".getBytes(StandardCharsets.UTF_8);
    Map<String, LocalHub.Response> all = new LinkedHashMap<>();
    for (int status : new int[] {400, 401, 403, 404, 410, 451, 500, 501, 503}) {
      all.put("HEAD status " + status, status(status));
    }
    all.put("HEAD busy for a day", status(429, "Retry-After", "86400"));
    all.put("HEAD redirect to itself", status(302, "Location", MAIN));
    all.put("HEAD redirect to nowhere", status(302, "Location", "http://["));
    all.put("HEAD redirect without commit", status(302, "Location", "http://elsewhere.invalid/x"));
    all.put("HEAD no commit", announcing("ETag", etag));
    all.put("HEAD commit that leaves the cache", announcing("X-Repo-Commit", "../x", "ETag", etag));
    all.put("HEAD no ETag", announcing("X-Repo-Commit", COMMIT));
    all.put("HEAD long ETag", announcing("X-Repo-Commit", COMMIT, "ETag", "a".repeat(300)));
    all.put("HEAD ETag that leaves the cache", announcing("X-Repo-Commit", COMMIT, "ETag", "../x"));
    all.put("HEAD ETag that is no digest", announcing("X-Repo-Commit", COMMIT, "ETag", "\"v1\""));
    all.put("HEAD no answer", exchange -> pause(20_000));
    all.put("HEAD closed connection", HttpExchange::close);
    all.put(
        "HEAD more than the disk",
        announcing("X-Repo-Commit", COMMIT, "ETag", etag, "X-Linked-Size", "9".repeat(17)));
    for (int status : new int[] {304, 404, 416, 500}) {
      all.put("GET status " + status, status(status));
    }
    all.put("GET no answer", exchange -> pause(20_000));
    all.put("GET closed connection", HttpExchange::close);
    all.put("GET redirect to a file", status(302, "Location", "file:///etc/passwd"));
    all.put("GET redirect to ftp", status(302, "Location", "ftp://localhost/x"));
    all.put("GET redirect to itself", status(302, "Location", PINNED));
    all.put("GET other bytes", exchange -> good(exchange, content(90_000, 7), null));
    all.put("GET one byte more", exchange -> good(exchange, content(90_001, 31), null));
    all.put("GET a page to log in", exchange -> body(exchange, 200, page.length, page));
    all.put("GET a body without end", slow(0, content(50_000, 31), 0));
    all.put("GET a body that ends early", exchange -> body(exchange, 200, 0, page));
    all.put("GET a few bytes and an end", breaksOffAfter(CONTENT, 10));
    all.put("GET a stall", slow(CONTENT.length, new byte[0], 20));
    all.put("GET a byte now and then", slow(CONTENT.length, new byte[1], 20));
    all.put(
        "GET another range",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 7-8/90000");
          body(exchange, 206, 2, new byte[2]);
        });
    all.put(
        "GET a compressed body",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          body(exchange, 200, CONTENT.length, content(90_000, 3));
        });
    return all;
  }

  /**
   * @param stall how long a server may be silent
   */
  private static Path fetch(LocalHub server, Path folder, Duration stall) {
    Retries retries =
        new Retries(
            2,
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            stall,
            Clock.systemUTC(),
            time -> Thread.sleep(time.toMillis()));
    Hub hub =
        new Hub(
            new HubSettings(server.address(), folder.resolve("hub"), Optional.empty(), false),
            FetchLock.read(folder.resolve("fetch.lock")),
            (file, bytes, total) -> {},
            retries,
            ProxySelector.of(null));
    return hub.fetch(REPO, "main", Map.of("model.bin", "")).resolve("model.bin");
  }

  /** Says what is wrong with how a misbehaviour ended; empty if nothing is. */
  private static String fault(String name, LocalHub.Response answer, Path folder)
      throws IOException {
    long start = System.nanoTime();
    try (LocalHub server = new LocalHub()) {
      server.put(MAIN, CONTENT);
      server.put(PINNED, CONTENT);
      LocalHub.Response[] always = new LocalHub.Response[REQUESTS];
      Arrays.fill(always, answer);
      server.next(name.startsWith("HEAD") ? "HEAD " + MAIN : "GET " + PINNED, always);
      String message;
      try {
        fetch(server, folder, SOON);
        return "it was accepted";
      } catch (TransferException | InvalidInputException e) {
        message = String.valueOf(e.getMessage());
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (message.contains("\n") || !message.contains("127.0.0.1")) {
        return "the message is not one line with an address: " + message;
      }
      if (took.compareTo(WITHIN) > 0) {
        return "it took " + took;
      }
      if (Files.exists(folder.resolve("fetch.lock"))) {
        return "it was locked";
      }
      for (Path file : Folders.files(folder.resolve("hub"))) {
        if (!file.toString().endsWith(".incomplete")) {
          return "it left " + file;
        }
      }
    }
    try (LocalHub server = new LocalHub()) {
      server.put(MAIN, CONTENT);
      server.put(PINNED, CONTENT);
      byte[] then = Files.readAllBytes(fetch(server, folder, WITHIN));
      return Arrays.equals(then, CONTENT) ? "" : "a good server gives other bytes then";
    }
  }

  @Test
  void each_ends_soon_with_one_line_and_nothing_unverified_is_kept() throws Exception {
    Map<String, LocalHub.Response> all = misbehaviours();
    assertThat(all).hasSizeGreaterThanOrEqualTo(30);
    ExecutorService pool = Executors.newFixedThreadPool(16);
    Map<String, Future<String>> faults = new LinkedHashMap<>();
    all.forEach(
        (name, answer) -> {
          Path folder = dir.resolve(name.replace(' ', '-'));
          faults.put(name, pool.submit(() -> fault(name, answer, folder)));
        });
    Map<String, String> wrong = new LinkedHashMap<>();
    for (Map.Entry<String, Future<String>> each : faults.entrySet()) {
      String fault = each.getValue().get();
      if (!fault.isEmpty()) {
        wrong.put(each.getKey(), fault);
      }
    }
    pool.shutdown();
    assertThat(wrong).isEmpty();
    System.out.println("hub: " + all.size() + " ways to misbehave, each ended with one line");
  }
}
