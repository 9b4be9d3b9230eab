package io.buckbench.checkpoint.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What the hub announces of a file before serving it.
 *
 * @param commit the revision's
 * @param etag names the content; for a large file its sha256, for a small one git's name of it
 * @param content what must come
 */
record HubFile(String commit, String etag, Content content) {
  static HubFile of(URI address, HttpHeaders headers) {
    Optional<String> commit = headers.firstValue("X-Repo-Commit").filter(HubCache::isCommit);
    Optional<String> etag =
        headers
            .firstValue("X-Linked-Etag")
            .or(() -> headers.firstValue("ETag"))
            .map(tag -> tag.replaceFirst("^W/", "").replace("\"", ""))
            .filter(tag -> tag.matches("[A-Za-z0-9_-]+"));
    if (commit.isEmpty() || etag.isEmpty()) {
      throw new TransferException(
          address,
          "no X-Repo-Commit and ETag in the answer",
          "check that HF_ENDPOINT is a hub and that no proxy drops headers");
    }
    // A redirect's own length is not the file's; the hub says that apart.
    Optional<Long> bytes =
        headers
            .firstValue("X-Linked-Size")
            .or(
                () ->
                    headers.firstValue("Location").isPresent()
                        ? Optional.empty()
                        : headers.firstValue("Content-Length"))
            .filter(size -> size.matches("\\d{1,18}"))
            .map(Long::valueOf);
    Optional<String> sha256 = etag.filter(tag -> tag.matches("[0-9a-f]{64}"));
    Optional<String> gitBlob = etag.filter(tag -> tag.matches("[0-9a-f]{40}"));
    return new HubFile(commit.get(), etag.get(), new Content(bytes, sha256, gitBlob));
  }
}
