package io.buckbench.checkpoint.hub;

import static io.buckbench.checkpoint.hub.LocalHub.COMMIT;
import static io.buckbench.checkpoint.hub.LocalHub.breaksOffAfter;
import static io.buckbench.checkpoint.hub.LocalHub.good;
import static io.buckbench.checkpoint.hub.LocalHub.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubTest {
  private static final HubRepo REPO = new HubRepo("facebook/opt-125m");
  private static final String MAIN = "/facebook/opt-125m/resolve/main/model.bin";
  private static final String PINNED = "/facebook/opt-125m/resolve/" + COMMIT + "/model.bin";
  private static final byte[] CONTENT = content(200_000);
  private static final Duration STALL = Duration.ofMillis(1500);

  @TempDir Path directory;
  private final List<Duration> slept = new ArrayList<>();
  private final List<Long> progress = new ArrayList<>();
  private LocalHub server;

  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) (i * 31 + (i >> 8));
    }
    return content;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = new LocalHub();
    server.put(MAIN, CONTENT);
    server.put(PINNED, CONTENT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Hub hub(Optional<String> token, boolean offline, ProxySelector proxies) {
    HubSettings settings =
        new HubSettings(server.address(), directory.resolve("hub"), token, offline);
    Retries retries =
        new Retries(
            3,
            Duration.ofSeconds(1),
            Duration.ofSeconds(100),
            STALL,
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
            slept::add);
    return new Hub(
        settings,
        FetchLock.read(directory.resolve("fetch.lock")),
        (file, bytes, total) -> progress.add(bytes),
        retries,
        proxies);
  }

  private Hub hub() {
    return hub(Optional.empty(), false, ProxySelector.of(null));
  }

  private Path fetch(String revision, String pin) {
    return hub().fetch(REPO, revision, Map.of("model.bin", pin)).resolve("model.bin");
  }

  private Path repoDirectory() {
    return directory.resolve("hub/models--facebook--opt-125m");
  }

  @Test
  void a_fetched_file_is_where_pythons_hub_client_looks_for_it() throws IOException {
    Path file = fetch("main", "");
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(repoDirectory().resolve("refs/main")).hasContent(COMMIT);
    assertThat(repoDirectory().relativize(file))
        .isEqualTo(Path.of("snapshots", COMMIT, "model.bin"));
    assertThat(Files.readSymbolicLink(file))
        .isEqualTo(Path.of("../../blobs", LocalHub.gitBlob(CONTENT)));
    assertThat(progress).startsWith(0L).endsWith(200_000L).isSorted();
    assertThat(server.requests).containsExactly("HEAD " + MAIN, "GET " + PINNED);
  }

  @Test
  void fetched_files_can_be_linked_into_a_directory_and_existing_files_stay() throws IOException {
    Path snapshot = fetch("main", "").getParent();
    Path model = directory.resolve("models/opt-125m");
    Hub.link(snapshot, List.of("model.bin"), model);
    assertThat(model.resolve("model.bin")).hasBinaryContent(CONTENT).isSymbolicLink();
    Files.delete(model.resolve("model.bin"));
    Files.writeString(model.resolve("model.bin"), "mine");
    Hub.link(snapshot, List.of("model.bin"), model);
    assertThat(model.resolve("model.bin")).hasContent("mine");
  }

  @Test
  void a_file_cached_for_a_commit_is_used_without_a_request() {
    Path file = fetch("main", "");
    server.requests.clear();
    assertThat(fetch(COMMIT, "")).isEqualTo(file);
    assertThat(server.requests).isEmpty();
    assertThat(fetch("main", "")).isEqualTo(file);
    assertThat(server.requests).as("a branch may have moved").containsExactly("HEAD " + MAIN);
  }

  @Test
  void a_branch_that_moves_between_two_files_does_not_mix_commits() {
    server.put("/facebook/opt-125m/resolve/" + COMMIT + "/b.json", CONTENT);
    Map<String, String> files = new java.util.LinkedHashMap<>();
    files.put("model.bin", "");
    files.put("b.json", "");
    Path snapshot = hub().fetch(REPO, "main", files);
    assertThat(snapshot.resolve("b.json")).hasBinaryContent(CONTENT);
    assertThat(server.requests)
        .contains("HEAD /facebook/opt-125m/resolve/" + COMMIT + "/b.json")
        .doesNotContain("HEAD /facebook/opt-125m/resolve/main/b.json");
  }

  @Test
  void a_file_in_a_subdirectory_keeps_its_path() {
    server.put("/google/boolq/resolve/" + COMMIT + "/a/b.json", CONTENT);
    Path snapshot = hub().fetch(new HubRepo("google/boolq"), COMMIT, Map.of("a/b.json", ""));
    assertThat(snapshot.resolve("a/b.json")).hasBinaryContent(CONTENT);
    assertThat(snapshot).startsWith(directory.resolve("hub/models--google--boolq"));
  }

  @Test
  void a_redirect_to_another_host_is_followed_without_the_token() {
    String sha256 = sha256(CONTENT);
    server.put("/cdn/blob", CONTENT);
    LocalHub.Response redirect =
        status(
            302,
            "Location",
            server.otherHost().resolve("cdn/blob").toString(),
            "X-Repo-Commit",
            COMMIT,
            "X-Linked-Etag",
            "\"" + sha256 + "\"",
            "X-Linked-Size",
            "200000");
    server.next("HEAD " + MAIN, redirect);
    server.next("GET " + PINNED, redirect);
    Path snapshot =
        hub(Optional.of("hf_secret"), false, ProxySelector.of(null))
            .fetch(REPO, "main", Map.of("model.bin", ""));
    assertThat(snapshot.resolve("model.bin")).hasBinaryContent(CONTENT);
    assertThat(repoDirectory().resolve("blobs").resolve(sha256)).exists();
    assertThat(server.requests)
        .containsExactly(
            "HEAD " + MAIN + " Bearer hf_secret",
            "GET " + PINNED + " Bearer hf_secret",
            "GET /cdn/blob");
  }

  @Test
  void a_renamed_repository_is_followed_and_a_redirect_loop_fails() {
    server.put("/new/resolve/main/model.bin", CONTENT);
    server.next("HEAD " + MAIN, status(307, "Location", "/new/resolve/main/model.bin"));
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
    LocalHub.Response[] loop = new LocalHub.Response[11];
    java.util.Arrays.fill(loop, status(302, "Location", MAIN));
    server.next("HEAD " + MAIN, loop);
    assertThatThrownBy(() -> fetch("main", ""))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("more than 10 redirects");
  }

  @Test
  void an_interrupted_transfer_is_resumed() {
    server.next("GET " + PINNED, breaksOffAfter(CONTENT, 70_000));
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
    assertThat(server.requests.get(1)).isEqualTo("GET " + PINNED);
    assertThat(server.requests.get(2)).matches("GET " + PINNED + " bytes=[1-9]\\d*-");
    assertThat(slept).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void a_transfer_is_resumed_after_a_restart() throws IOException {
    Path partial = repoDirectory().resolve("blobs/" + LocalHub.gitBlob(CONTENT) + ".incomplete");
    Files.createDirectories(partial.getParent());
    Files.write(partial, java.util.Arrays.copyOf(CONTENT, 123_456));
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
    assertThat(server.requests).contains("GET " + PINNED + " bytes=123456-");
    assertThat(progress).startsWith(123_456L);
    assertThat(partial).doesNotExist();
  }

  @Test
  void a_kept_part_that_is_wrong_or_too_long_is_fetched_again() throws IOException {
    Path partial = repoDirectory().resolve("blobs/" + LocalHub.gitBlob(CONTENT) + ".incomplete");
    Files.createDirectories(partial.getParent());
    Files.write(partial, new byte[1000]);
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
    assertThat(server.requests).endsWith("GET " + PINNED + " bytes=1000-", "GET " + PINNED);
    deleteCache();
    Files.createDirectories(partial.getParent());
    Files.write(partial, new byte[300_000]);
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
  }

  private void deleteCache() throws IOException {
    try (var files = Files.walk(repoDirectory())) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void a_server_without_support_for_ranges_starts_over() {
    server.next(
        "GET " + PINNED,
        breaksOffAfter(CONTENT, 70_000),
        exchange -> good(exchange, CONTENT, null));
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
  }

  @Test
  void a_range_other_than_the_requested_one_is_not_appended() {
    server.next(
        "GET " + PINNED,
        breaksOffAfter(CONTENT, 70_000),
        exchange -> good(exchange, CONTENT, "bytes=5-"));
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
    server.next("GET /x", breaksOffAfter(CONTENT, 70_000), status(416));
    server.put("/x", CONTENT);
    Path target = directory.resolve("x");
    assertThat(hub().download(server.address().resolve("x"), target)).hasBinaryContent(CONTENT);
  }

  @Test
  void a_stalled_body_is_abandoned_and_requested_again() {
    server.next(
        "GET " + PINNED,
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 100_000);
          exchange.getResponseBody().flush();
          try {
            Thread.sleep(20_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    long start = System.nanoTime();
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    assertThat(server.requests.get(2)).startsWith("GET " + PINNED + " bytes=");
  }

  @Test
  void a_slow_body_is_received_without_a_new_request() {
    server.next(
        "GET " + PINNED,
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          for (int at = 0; at < CONTENT.length; at += 20_000) {
            exchange.getResponseBody().write(CONTENT, at, 20_000);
            exchange.getResponseBody().flush();
            try {
              Thread.sleep(STALL.toMillis() / 7);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          exchange.close();
        });
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void a_busy_server_is_asked_again_after_the_wait_that_it_requests() {
    server.next("HEAD " + MAIN, status(429, "Retry-After", "7"), status(503));
    server.next(
        "GET " + PINNED,
        status(503, "Retry-After", "Thu, 01 Jan 2026 00:00:42 GMT"),
        status(429, "Retry-After", "1000000"));
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
    assertThat(slept)
        .containsExactly(
            Duration.ofSeconds(7),
            Duration.ofSeconds(2),
            Duration.ofSeconds(42),
            Duration.ofSeconds(100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD " + MAIN, "GET " + PINNED})
  void a_server_that_stays_busy_is_reported_with_its_status(String request) {
    server.next(request, status(503), status(500), status(503));
    assertThatThrownBy(() -> fetch("main", ""))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("status 503, 3 times in a row");
    assertThat(slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void a_server_that_does_not_answer_is_reported() {
    server.close();
    assertThatThrownBy(() -> fetch("main", ""))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("no answer")
        .hasMessageContaining("HF_HUB_OFFLINE=1");
  }

  @ParameterizedTest
  @CsvSource({
    "401, RepoNotFound, set HF_TOKEN",
    "403, GatedRepo, set HF_TOKEN",
    "404, RevisionNotFound, 'check the name, the file and the revision'",
    "410, Gone, check HF_ENDPOINT"
  })
  void a_refusal_is_reported_without_retries_and_with_what_to_do(
      int status, String code, String todo) {
    for (String request : List.of("HEAD " + MAIN, "GET " + PINNED)) {
      server.next(request, status(status, "X-Error-Code", code));
      assertThatThrownBy(() -> fetch("main", ""))
          .isInstanceOf(TransferException.class)
          .hasMessageContaining("status " + status + " (" + code + ")")
          .hasMessageContaining(todo);
    }
    assertThat(slept).isEmpty();
  }

  @Test
  void wrong_bytes_are_refused_and_not_kept() throws IOException {
    byte[] other = CONTENT.clone();
    other[150_000]++;
    server.next("GET " + PINNED, exchange -> good(exchange, other, null));
    assertThatThrownBy(() -> fetch("main", ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("git blob " + LocalHub.gitBlob(other))
        .hasMessageContaining("expected git blob " + LocalHub.gitBlob(CONTENT));
    try (var blobs = Files.list(repoDirectory().resolve("blobs"))) {
      assertThat(blobs).isEmpty();
    }
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
  }

  @Test
  void a_wrong_blob_of_the_right_name_is_never_used() throws IOException {
    Path blob = repoDirectory().resolve("blobs/" + LocalHub.gitBlob(CONTENT));
    Files.createDirectories(blob.getParent());
    Files.write(blob, content(10));
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
    assertThat(directory.resolve("fetch.lock")).content().contains(sha256(CONTENT));

    Files.delete(directory.resolve("fetch.lock"));
    Files.write(blob, content(10));
    server.requests.clear();
    for (boolean offline : new boolean[] {false, true}) {
      Hub hub = hub(Optional.empty(), offline, ProxySelector.of(null));
      assertThatThrownBy(() -> hub.fetch(REPO, COMMIT, Map.of("model.bin", "")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected git blob " + LocalHub.gitBlob(CONTENT))
          .hasMessageContaining("then fetch again");
      assertThat(directory.resolve("fetch.lock")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://localhost/x", "file:///etc/passwd", "http://[", "mailto:a@b"})
  void a_redirect_to_what_is_no_web_address_is_refused(String location) {
    server.next("GET " + PINNED, LocalHub.status(302, "Location", location));
    assertThatThrownBy(() -> fetch("main", ""))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("redirect to " + location);
  }

  @Test
  void an_etag_that_is_no_file_name_is_refused() {
    server.next(
        "HEAD " + MAIN,
        LocalHub.status(200, "X-Repo-Commit", COMMIT, "ETag", "\"" + "a".repeat(300) + "\""));
    assertThatThrownBy(() -> fetch("main", ""))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("no X-Repo-Commit and ETag of at most 200 letters");
  }

  @Test
  void a_server_that_sends_a_byte_a_request_is_given_up() {
    for (int i = 0; i < 10; i++) {
      server.next("GET " + PINNED, breaksOffAfter(CONTENT, i + 1));
    }
    assertThatThrownBy(() -> fetch("main", ""))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("3 times in a row");
  }

  @Test
  void a_file_that_does_not_fit_on_the_disk_is_refused_before_it_is_requested() {
    server.next(
        "HEAD " + MAIN,
        LocalHub.status(
            302,
            "X-Repo-Commit",
            COMMIT,
            "X-Linked-Etag",
            "\"" + "a".repeat(64) + "\"",
            "X-Linked-Size",
            "900000000000000000",
            "Location",
            "http://elsewhere.invalid/x"));
    assertThatThrownBy(() -> fetch("main", ""))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("900000000000000000 bytes announced, but only");
    assertThat(server.requests).containsExactly("HEAD " + MAIN);
  }

  @Test
  void a_partial_file_that_is_a_link_is_not_written_through() throws IOException {
    Path target = Files.writeString(directory.resolve("mine"), "mine");
    Path partial = repoDirectory().resolve("blobs/" + LocalHub.gitBlob(CONTENT) + ".incomplete");
    Files.createDirectories(partial.getParent());
    Files.createSymbolicLink(partial, target);
    assertThat(fetch("main", "")).hasBinaryContent(CONTENT);
    assertThat(target).hasContent("mine");
  }

  @Test
  void a_wrong_length_is_refused_before_and_during_the_transfer() {
    server.next("GET " + PINNED, exchange -> good(exchange, content(200_001), null));
    assertThatThrownBy(() -> fetch("main", ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 200001 bytes, expected 200000 bytes");
    server.next(
        "GET " + PINNED,
        exchange -> {
          exchange.sendResponseHeaders(200, 0); // chunked: no length announced
          exchange.getResponseBody().write(content(400_000));
          exchange.close();
        });
    assertThatThrownBy(() -> fetch("main", ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected 200000 bytes");
  }

  @Test
  void a_pinned_digest_takes_precedence_over_the_server() {
    String pin = sha256(CONTENT);
    assertThat(fetch("main", pin)).hasBinaryContent(CONTENT);
    assertThat(directory.resolve("fetch.lock")).as("nothing to lock").doesNotExist();
    String other = "0".repeat(64);
    assertThatThrownBy(() -> fetch("main", other))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found sha256 " + pin + ", expected sha256 " + other + ", as pinned");
  }

  @Test
  void a_first_use_is_locked_and_a_later_change_is_refused() throws IOException {
    Path file = fetch("main", "");
    Path lock = directory.resolve("fetch.lock");
    assertThat(lock)
        .content()
        .endsWith("\n" + sha256(CONTENT) + "  facebook/opt-125m " + COMMIT + " model.bin\n");
    Files.write(file.toRealPath(), content(10));
    assertThatThrownBy(() -> fetch(COMMIT, ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected sha256 " + sha256(CONTENT) + ", as locked");
  }

  @Test
  void offline_branches_and_commits_come_from_the_cache_without_a_request() {
    Path file = fetch("main", "");
    server.requests.clear();
    Hub offline = hub(Optional.empty(), true, ProxySelector.of(null));
    assertThat(offline.fetch(REPO, "main", Map.of("model.bin", "")).resolve("model.bin"))
        .isEqualTo(file);
    assertThatThrownBy(() -> offline.fetch(REPO, "main", Map.of("config.json", "")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("facebook/opt-125m/config.json at main")
        .hasMessageContaining("HF_HUB_OFFLINE is set");
    assertThatThrownBy(() -> offline.fetch(REPO, "v2", Map.of("model.bin", "")))
        .hasMessageContaining("at v2");
    assertThatThrownBy(() -> offline.download(URI.create("http://x/y"), directory.resolve("y")))
        .hasMessageContaining("HF_HUB_OFFLINE is set");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void requests_use_the_proxy_in_the_environment() {
    String proxy = server.address().toString();
    ProxySelector proxies = Proxies.of(Map.of("http_proxy", proxy, "NO_PROXY", "127.0.0.1"));
    server.put("/far", CONTENT);
    Path target = directory.resolve("far");
    Hub hub = hub(Optional.empty(), false, proxies);
    hub.download(URI.create("http://hub.invalid/far"), target);
    assertThat(target).hasBinaryContent(CONTENT);
  }

  @Test
  void a_file_outside_the_hub_is_fetched_once_and_resumed() {
    server.put("/far", CONTENT);
    server.next("GET /far", breaksOffAfter(CONTENT, 1000));
    URI address = server.address().resolve("far");
    Path target = directory.resolve("sub/far");
    assertThat(hub().download(address, target)).hasBinaryContent(CONTENT);
    assertThat(server.requests).containsExactly("GET /far", "GET /far bytes=1000-");
    assertThat(hub().download(address, target)).isEqualTo(target);
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void an_answer_without_the_headers_of_a_hub_is_refused() {
    server.next("HEAD " + MAIN, status(200, "ETag", "\"x\""));
    assertThatThrownBy(() -> fetch("main", ""))
        .isInstanceOf(TransferException.class)
        .hasMessageContaining("no X-Repo-Commit and ETag");
    server.next("HEAD " + MAIN, status(200, "X-Repo-Commit", COMMIT, "ETag", "\"../../x\""));
    assertThatThrownBy(() -> fetch("main", "")).hasMessageContaining("no X-Repo-Commit and ETag");
  }

  @Test
  void names_that_point_out_of_the_cache_are_refused() {
    for (String id : List.of("../x", "a/b/c", "a/..", "", "/a", "a--b/c")) {
      assertThatThrownBy(() -> new HubRepo(id)).isInstanceOf(InvalidInputException.class);
    }
    for (String file : List.of("../x", "/x", "a/../../x", "")) {
      assertThatThrownBy(() -> hub().fetch(REPO, "main", Map.of(file, "")))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("a path inside the repository");
    }
    for (String revision : List.of("../x", "/x", "")) {
      assertThatThrownBy(() -> hub().fetch(REPO, revision, Map.of("f", "")))
          .hasMessageContaining("a commit, branch or tag");
    }
    assertThat(server.requests).isEmpty();
  }
}
