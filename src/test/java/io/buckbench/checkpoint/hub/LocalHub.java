package io.buckbench.checkpoint.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.buckbench.files.Digests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A local server that answers like the hub, or with the faults that a test requests. It records all
 * requests.
 */
public final class LocalHub implements AutoCloseable {
  public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** A response; tests insert faulty ones before the good one. */
  public interface Response {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final Map<String, Deque<Response>> inserted = new LinkedHashMap<>();

  /** Each request as {@code METHOD path}, with its range and token if it has them. */
  public final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  public LocalHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** The same server under another host name. */
  URI otherHost() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  public void put(String path, byte[] content) {
    contents.put(path, content);
  }

  /** Removes every content whose path ends in a file name. */
  public void remove(String file) {
    contents.keySet().removeIf(path -> path.endsWith("/" + file));
  }

  /** Inserts responses to this request before the good one. */
  public void next(String methodAndPath, Response... answers) {
    inserted.computeIfAbsent(methodAndPath, k -> new ArrayDeque<>()).addAll(Arrays.asList(answers));
  }

  public static Response status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String request = exchange.getRequestMethod() + " " + path;
    String range = exchange.getRequestHeaders().getFirst("Range");
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(request + (range == null ? "" : " " + range) + (token == null ? "" : " " + token));
    Deque<Response> answers = inserted.getOrDefault(request, new ArrayDeque<>());
    if (!answers.isEmpty()) {
      answers.poll().to(exchange);
    } else if (contents.containsKey(path)) {
      good(exchange, contents.get(path), range);
    } else {
      status(404, "X-Error-Code", "EntryNotFound").to(exchange);
    }
  }

  /** Responds like the hub: with commit and ETag, and the content from the start of the range. */
  static void good(HttpExchange exchange, byte[] content, String range) throws IOException {
    exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
    exchange.getResponseHeaders().set("ETag", "\"" + gitBlob(content) + "\"");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + content.length);
      exchange.sendResponseHeaders(200, -1);
    } else if (range == null) {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    } else {
      int from = Integer.parseInt(range.replaceAll("\\D", ""));
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
      exchange.sendResponseHeaders(206, content.length - from);
      exchange.getResponseBody().write(content, from, content.length - from);
    }
    exchange.close();
  }

  /** Announces the full length, sends a part and closes the connection. */
  public static Response breaksOffAfter(byte[] content, int bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      // Closing before all bytes are sent makes the server cut the connection.
      exchange.close();
    };
  }

  static String gitBlob(byte[] content) {
    try {
      java.nio.file.Path file = java.nio.file.Files.createTempFile("blob", null);
      try {
        java.nio.file.Files.write(file, content);
        return Digests.gitBlob(file);
      } finally {
        java.nio.file.Files.delete(file);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
