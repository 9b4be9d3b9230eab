package io.buckbench.checkpoint.hub;

import io.buckbench.files.Digests;
import io.buckbench.input.InvalidInputException;
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
 * Files by name from Hugging Face's hub, or by address from elsewhere: cached, resumed, verified.
 *
 * <p>A file is held to the digest its caller pins; where none is pinned, to the {@link
 * FetchLock}'s; and on first use to what the hub itself announces, which the lock then keeps.
 */
public final class Hub {
  private final HubSettings settings;
  private final FetchLock lock;
  private final Retries retries;
  private final TransferListener progress;
  private final Web web;
  private final Transfer transfer;

  /**
   * @param lock where first uses are noted
   * @param progress hears of every transfer
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
    this.web = new Web(proxies, settings.token(), settings.endpoint());
    this.transfer = new Transfer(web, retries, progress);
  }

  /**
   * The files of a revision, as a directory that {@link io.buckbench.checkpoint.Checkpoint#open}
   * and Python's Transformers read alike.
   *
   * @param revision a commit, which alone never changes, or a branch or tag
   * @param sha256 file name to pinned digest, or to the empty string where none is known
   * @return the cache's directory of the commit
   * @throws TransferException for a server that fails; what has come is kept
   * @throws InvalidInputException for content that is not what was pinned, and offline for files
   *     that are not in the cache
   */
  public Path fetch(HubRepo repo, String revision, Map<String, String> sha256) {
    if (!revision.matches("[A-Za-z0-9_][A-Za-z0-9._/-]*") || revision.contains("..")) {
      throw new InvalidInputException(
          repo + " revision", revision, "a commit, branch or tag", "mend the revision");
    }
    HubCache cache = new HubCache(settings.cache(), repo);
    String commit = revision;
    for (Map.Entry<String, String> file : new LinkedHashMap<>(sha256).entrySet()) {
      Optional<String> pin = Optional.of(file.getValue()).filter(s -> !s.isEmpty());
      Path there = fetch(cache, repo, commit, plain(repo, file.getKey()), pin);
      // A branch may move between two files: the first one's commit is held for the others.
      commit = commit(cache.snapshot("x").getParent(), there);
      if (!settings.offline()) {
        cache.remember(revision, commit);
      }
    }
    return cache.snapshot(commit);
  }

  /**
   * Makes fetched files appear in a directory of one's own: as links into the cache or, where links
   * cannot be, as copies. What stands there already stays.
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
          repo + " file", file, "a path inside the repository", "mend the file's name");
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
    if (!Files.isRegularFile(blob)) {
      URI pinned = settings.endpoint().resolve(repo.path(announced.commit(), file));
      transfer.fetch(pinned, blob, file, announced.content().pinned(held));
    }
    Path there = cache.link(announced.commit(), file, blob);
    return verified(repo, announced.commit(), file, there, pin);
  }

  /** Each use is checked, so that a file changed in the cache, by whomever, is not believed. */
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
      if (pin.isEmpty()) {
        lock.hold(repo.toString(), commit, file, found);
      }
      return there;
    } catch (IOException e) {
      throw new UncheckedIOException(there.toString(), e);
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
        if (!Retries.passes(answer.statusCode())) {
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
   * One file from an address outside the hub, put where it is wanted; what stands there already
   * stays. Nobody announces what it must be: whoever asks checks it, and deletes what is wrong.
   *
   * @return {@code target}
   * @throws TransferException for a server that fails; what has come is kept
   * @throws InvalidInputException offline, if it is not there
   */
  public Path download(URI address, Path target) {
    if (Files.isRegularFile(target)) {
      return target;
    }
    if (settings.offline()) {
      throw new InvalidInputException(
          target.toString(),
          "no such file, and HF_HUB_OFFLINE is set",
          "what " + address + " serves",
          "fetch it once without HF_HUB_OFFLINE, or put it there by hand");
    }
    transfer.fetch(address, target, target.getFileName().toString(), Content.of(Optional.empty()));
    return target;
  }
}
