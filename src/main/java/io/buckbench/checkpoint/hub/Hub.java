package io.buckbench.checkpoint.hub;

import io.buckbench.files.Digests;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches files by name from Hugging Face's hub, or by address from other servers. Files are
 * cached, verified, and resumed after an interruption.
 *
 * <p>A file must have the digest that the caller pins, otherwise the one in the {@link FetchLock}.
 * On first use it must have the content that the hub announces, and the lock records its digest.
 */
public final class Hub {
  private final HubSettings settings;
  private final FetchLock lock;
  private final Retries retries;
  private final TransferListener progress;
  private final Web web;
  private final Transfer transfer;

  /**
   * @param lock records first uses
   * @param progress is notified of every transfer
   */
  public Hub(HubSettings settings, FetchLock lock, TransferListener progress) {
    this(settings, lock, progress, Retries.defaults(), Proxies.of(System.getenv()));
  }

  Hub(
      HubSettings settings,
      FetchLock lock,
      TransferListener progress,
      Retries retries,
      ProxySelector proxies) {
    this.settings = settings;
    this.lock = lock;
    this.retries = retries;
    this.progress = progress;
    this.web = new Web(proxies, settings.token(), settings.endpoint(), retries.stall());
    this.transfer = new Transfer(web, retries, progress);
  }

  /**
   * Fetches files of a revision into a directory that both {@link
   * io.buckbench.checkpoint.Checkpoint#open} and Python's Transformers can read.
   *
   * @param revision a commit, which never changes, or a branch or tag
   * @param sha256 file name to pinned digest, or to the empty string if none is known
   * @return the commit's directory in the cache
   * @throws TransferException if the server fails; the part received so far is kept
   * @throws InvalidInputException if the content is not the pinned one, or if offline and a file is
   *     not in the cache
   */
  public Path fetch(HubRepo repo, String revision, Map<String, String> sha256) {
    if (!revision.matches("[A-Za-z0-9_][A-Za-z0-9._/-]*") || revision.contains("..")) {
      throw new InvalidInputException(
          repo + " revision", revision, "a commit, branch or tag", "correct the revision");
    }
    HubCache cache = new HubCache(settings.cache(), repo);
    String commit = revision;
    for (Map.Entry<String, String> file : new LinkedHashMap<>(sha256).entrySet()) {
      Optional<String> pin = Optional.of(file.getValue()).filter(s -> !s.isEmpty());
      Path there = fetch(cache, repo, commit, plain(repo, file.getKey()), pin);
      // A branch may move between two files, so the others are fetched from the first one's commit.
      commit = commit(cache.snapshot("x").getParent(), there);
      if (!settings.offline()) {
        cache.remember(revision, commit);
      }
    }
    return cache.snapshot(commit);
  }

  /**
   * Fetches a file of a commit, if the commit has it.
   *
   * @param sha256 its pinned digest, or the empty string if none is known
   * @return whether it is there; if offline, whether it is in the cache
   * @throws TransferException if the server fails
   * @throws InvalidInputException if the content is not the pinned one
   */
  public boolean fetchIfThere(HubRepo repo, String commit, String file, String sha256) {
    HubCache cache = new HubCache(settings.cache(), repo);
    if (settings.offline() && !Files.isRegularFile(cache.snapshot(commit).resolve(file))) {
      return false;
    }
    try {
      fetch(repo, commit, Map.of(file, sha256));
      return true;
    } catch (TransferException.Missing e) {
      return false;
    }
  }

  /**
   * Puts fetched files into another directory: as links into the cache or, where links are not
   * possible, as copies. Existing files stay.
   */
  public static void link(Path snapshot, Collection<String> files, Path directory) {
    for (String file : files) {
      HubCache.link(directory.resolve(file), snapshot.resolve(file).toAbsolutePath());
    }
  }

  private static String commit(Path snapshots, Path file) {
    return snapshots.relativize(file).getName(0).toString();
  }

  private static String plain(HubRepo repo, String file) {
    if (!file.matches("[A-Za-z0-9_.][A-Za-z0-9._/-]*") || ("/" + file + "/").contains("/../")) {
      throw new InvalidInputException(
          repo + " file", file, "a path inside the repository", "correct the file name");
    }
    return file;
  }

  private Path fetch(
      HubCache cache, HubRepo repo, String revision, String file, Optional<String> pin) {
    Optional<String> cached = cache.commit(revision);
    boolean settled = settings.offline() || HubCache.isCommit(revision);
    if (settled && cached.isPresent()) {
      Path there = cache.snapshot(cached.get()).resolve(file);
      if (Files.isRegularFile(there)) {
        return verified(repo, cached.get(), file, there, pin);
      }
    }
    if (settings.offline()) {
      throw new InvalidInputException(
          repo + "/" + file + " at " + revision,
          "no such file in " + settings.cache() + ", and HF_HUB_OFFLINE is set",
          "the file in the cache",
          "fetch it once without HF_HUB_OFFLINE, or give --model-dir or --data-dir");
    }
    URI address = settings.endpoint().resolve(repo.path(revision, file));
    HubFile announced = announced(address);
    Optional<String> held = pin.or(() -> lock.sha256(repo.toString(), announced.commit(), file));
    Path blob = cache.blob(announced.etag());
    deleteWrong(blob, address, announced.content());
    if (!Files.isRegularFile(blob)) {
      URI pinned = settings.endpoint().resolve(repo.path(announced.commit(), file));
      transfer.fetch(pinned, blob, file, verifiable(address, announced, held));
    }
    Path there = cache.link(announced.commit(), file, blob);
    return verified(repo, announced.commit(), file, there, pin);
  }

  /** What to hold a file to; without any digest nothing would be verified. */
  private static Content verifiable(URI address, HubFile announced, Optional<String> held) {
    Content wanted = announced.content().pinned(held);
    if (wanted.sha256().isEmpty() && wanted.gitBlob().isEmpty()) {
      throw new TransferException(
          address,
          "the ETag '" + announced.etag() + "', which is no digest, for a file that is not pinned",
          "check that HF_ENDPOINT is a hub and that no proxy changes headers, or pin the sha256");
    }
    return wanted;
  }

  /** Verifies a file in the cache at each use, since it may have been changed there. */
  private Path verified(
      HubRepo repo, String commit, String file, Path there, Optional<String> pin) {
    try {
      Optional<String> held = pin.or(() -> lock.sha256(repo.toString(), commit, file));
      String found = Digests.ofFile(there);
      if (held.isPresent() && !held.get().equals(found)) {
        throw new InvalidInputException(
            there.toString(),
            "sha256 " + found,
            "sha256 " + held.get() + (pin.isPresent() ? ", as pinned" : ", as locked"),
            "delete the file and " + there.toRealPath() + ", then fetch again");
      }
      requireNamed(there);
      if (pin.isEmpty()) {
        lock.hold(repo.toString(), commit, file, found);
      }
      return there;
    } catch (IOException e) {
      throw new UncheckedIOException(there.toString(), e);
    }
  }

  /** A blob's name in the cache is the digest that the hub announced for it. */
  private static void requireNamed(Path there) throws IOException {
    Path blob = there.toRealPath();
    Content named = Content.named(blob.getFileName().toString());
    for (Problem problem : named.problems(there, blob)) {
      throw new InvalidInputException(
          there.toString(),
          problem.found(),
          problem.expected() + ", the name of its blob in the cache",
          "delete the file and " + blob + ", then fetch again");
    }
  }

  /** Deletes a blob that is damaged, or was put there by somebody else under the right name. */
  private static void deleteWrong(Path blob, URI address, Content wanted) {
    try {
      if (Files.isRegularFile(blob) && !wanted.problems(address, blob).isEmpty()) {
        Files.delete(blob);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(blob.toString(), e);
    }
  }

  private HubFile announced(URI address) {
    for (int attempt = 1; ; attempt++) {
      Optional<String> retryAfter = Optional.empty();
      String failure;
      Exception cause = null;
      try {
        HttpResponse<InputStream> answer = web.head(address);
        answer.body().close();
        if (answer.statusCode() / 100 <= 3) {
          return HubFile.of(address, answer.headers());
        }
        if (!Retries.isTemporary(answer.statusCode())) {
          throw Transfer.refused(address, answer);
        }
        retryAfter = answer.headers().firstValue("Retry-After");
        failure = "status " + answer.statusCode();
      } catch (IOException e) {
        failure = "no answer: " + e;
        cause = e;
      }
      if (attempt == retries.attempts()) {
        throw new TransferException(
            address,
            failure + ", " + attempt + " times in a row",
            "check the network, HF_ENDPOINT and proxies, or set HF_HUB_OFFLINE=1 to use the cache",
            cause);
      }
      retries.pause(attempt, retryAfter);
    }
  }

  /**
   * Downloads one file from an address outside the hub, unless the target exists. Its content is
   * not announced, so the caller must verify it and delete a wrong file.
   *
   * @return {@code target}
   * @throws TransferException if the server fails; the part received so far is kept
   * @throws InvalidInputException if offline and the target does not exist
   */
  public Path download(URI address, Path target) {
    if (Files.isRegularFile(target)) {
      return target;
    }
    if (settings.offline()) {
      throw new InvalidInputException(
          target.toString(),
          "no such file, and HF_HUB_OFFLINE is set",
          "the file from " + address,
          "fetch it once without HF_HUB_OFFLINE, or put it there by hand");
    }
    transfer.fetch(address, target, target.getFileName().toString(), Content.UNKNOWN);
    return target;
  }
}
