package io.buckbench.checkpoint.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Sends requests and follows redirects. Java's client would send the token to any host that a
 * redirect names. It would also hide the headers of the first response, in which the hub announces
 * commit and content of a file.
 */
final class Web {
  private static final int MOST_REDIRECTS = 10;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final String USER_AGENT = "buckbench";

  private final HttpClient client;
  private final Duration answerWithin;
  private final Optional<String> token;
  private final URI tokenFor;

  /**
   * @param token sent only to the host of {@code tokenFor}
   * @param stall time without a byte after which a request counts as lost; at most half a minute of
   *     it is waited for the headers
   */
  Web(ProxySelector proxies, Optional<String> token, URI tokenFor, Duration stall) {
    this.answerWithin = stall.compareTo(ANSWER_WITHIN) < 0 ? stall : ANSWER_WITHIN;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(answerWithin)
            .proxy(proxies)
            .build();
    this.token = token;
    this.tokenFor = tokenFor;
  }

  /** Requests only the headers. Follows redirects within the host, as to a renamed repository. */
  HttpResponse<InputStream> head(URI address) throws IOException {
    return follow("HEAD", address, Map.of(), true);
  }

  /** Requests a body, which the caller must close. Follows redirects to any host. */
  HttpResponse<InputStream> get(URI address, Map<String, String> headers) throws IOException {
    return follow("GET", address, headers, false);
  }

  private HttpResponse<InputStream> follow(
      String method, URI address, Map<String, String> headers, boolean sameHostOnly)
      throws IOException {
    URI at = address;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<InputStream> answer = send(method, at, headers);
      Optional<String> location = answer.headers().firstValue("Location");
      if (answer.statusCode() / 100 != 3 || answer.statusCode() == 304 || location.isEmpty()) {
        return answer;
      }
      URI next = resolved(at, location.get());
      if (sameHostOnly && !sameHost(next, at)) {
        return answer;
      }
      answer.body().close();
      boolean web = isHttps(next) || "http".equals(next.getScheme());
      if (next.getHost() == null || !web || (isHttps(at) && !isHttps(next))) {
        throw new TransferException(
            at, "an insecure redirect to " + next, "check HF_ENDPOINT and proxies");
      }
      at = next;
    }
    throw new TransferException(
        address, "more than " + MOST_REDIRECTS + " redirects", "check HF_ENDPOINT and proxies");
  }

  private static URI resolved(URI at, String location) {
    try {
      return at.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new TransferException(
          at, "a redirect to " + location + ", which is no address", "check HF_ENDPOINT", e);
    }
  }

  private HttpResponse<InputStream> send(String method, URI address, Map<String, String> headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(answerWithin)
            .header("User-Agent", USER_AGENT)
            // A compressed body would have another length than the file.
            .header("Accept-Encoding", "identity");
    headers.forEach(request::header);
    if (token.isPresent() && sameHost(address, tokenFor)) {
      request.header("Authorization", "Bearer " + token.get());
    }
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransferException(address, "interrupted", "start it again", e);
    }
  }

  private static boolean isHttps(URI address) {
    return "https".equals(address.getScheme());
  }

  private static boolean sameHost(URI one, URI other) {
    return one.getHost() != null
        && one.getHost().equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort()
        && one.getScheme().equals(other.getScheme());
  }
}
