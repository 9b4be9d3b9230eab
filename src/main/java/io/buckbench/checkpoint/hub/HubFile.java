package io.buckbench.checkpoint.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What the hub announces about a file before it serves it.
 *
 * @param commit the commit of the requested revision
 * @param etag names the content: the sha256 of a large file, the git blob id of a small one
 * @param content the announced content
 */
record HubFile(String commit, String etag, Content content) {
  static HubFile of(URI address, HttpHeaders headers) {
    Optional<String> commit = headers.firstValue("X-Repo-Commit").filter(HubCache::isCommit);
    Optional<String> etag =
        headers
            .firstValue("X-Linked-Etag")
            .or(() -> headers.firstValue("ETag"))
            .map(tag -> tag.replaceFirst("^W/", "").replace("\"", ""))
            .filter(tag -> tag.matches("[A-Za-z0-9_-]{1,200}"));
    if (commit.isEmpty() || etag.isEmpty()) {
      throw new TransferException(
          address,
          "no X-Repo-Commit and ETag of at most 200 letters in the answer",
          "check that HF_ENDPOINT is a hub and that no proxy drops headers");
    }
    // The length of a redirect is not the file's, which has a header of its own.
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
