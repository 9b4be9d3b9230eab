package io.buckbench.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Comments and issues of a repository, as GitHub's API keeps them, on the loopback interface. */
final class GitHubRecorder implements AutoCloseable {
  static final String REPOSITORY = "we/buckbench";
  static final String TOKEN = "secret";
  private static final String ROOT = "/repos/" + REPOSITORY + "/issues";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<String> requests = new ArrayList<>();
  private final Map<Integer, ObjectNode> comments = new TreeMap<>();
  private final Map<Integer, ObjectNode> issues = new TreeMap<>();

  GitHubRecorder() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The variables with which a job finds this server. */
  Map<String, String> environment() {
    return Map.of(
        "GITHUB_API_URL",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "GITHUB_REPOSITORY",
        REPOSITORY);
  }

  /** Requests that changed something, such as {@code POST 7/comments}. */
  synchronized List<String> changes() {
    return requests.stream().filter(request -> !request.startsWith("GET")).toList();
  }

  /** The texts of all comments on pull requests. */
  synchronized List<String> comments() {
    return comments.values().stream().map(comment -> comment.path("body").asText()).toList();
  }

  /** The open issues. */
  synchronized List<ObjectNode> issues() {
    return List.copyOf(issues.values());
  }

  /** Adds a comment of somebody else. */
  synchronized void comment(String body) {
    add(comments, JSON.createObjectNode().put("body", body));
  }

  private static ObjectNode add(Map<Integer, ObjectNode> all, ObjectNode one) {
    int number = all.size() + 1;
    all.put(number, one.put("id", number).put("number", number));
    return one;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getQuery();
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    boolean known =
        ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))
            && path.startsWith(ROOT);
    JsonNode answer = known ? answer(method, path.substring(ROOT.length()), query, body) : null;
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.sendResponseHeaders(
        answer == null ? 404 : method.equals("POST") ? 201 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** The answer to a request; {@code null} if there is no such thing. */
  private JsonNode answer(String method, String path, String query, JsonNode body) {
    requests.add((method + " issues" + path).strip());
    String[] parts = path.split("/");
    if (path.matches("/\\d+/comments")) {
      return method.equals("POST") ? add(comments, (ObjectNode) body) : page(query);
    }
    if (path.matches("/comments/\\d+") && method.equals("PATCH")) {
      return replaced(comments.get(Integer.valueOf(parts[2])), body);
    }
    if (path.isEmpty()) {
      return method.equals("POST") ? add(issues, (ObjectNode) body) : labelled(query);
    }
    return path.matches("/\\d+") && method.equals("PATCH")
        ? replaced(issues.get(Integer.valueOf(parts[1])), body)
        : null;
  }

  private static JsonNode replaced(ObjectNode old, JsonNode body) {
    return old == null ? null : old.setAll((ObjectNode) body);
  }

  private ArrayNode page(String query) {
    int page = Integer.parseInt(query.replaceFirst("per_page=100&page=", ""));
    ArrayNode all = JSON.createArrayNode();
    comments.values().stream().skip(100L * (page - 1)).limit(100).forEach(all::add);
    return all;
  }

  private ArrayNode labelled(String query) {
    ArrayNode all = JSON.createArrayNode();
    issues.values().stream()
        .filter(issue -> query.contains("labels=" + issue.path("labels").path(0).asText() + "&"))
        .forEach(all::add);
    return all;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
