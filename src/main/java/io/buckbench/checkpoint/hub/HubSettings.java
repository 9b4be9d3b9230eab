package io.buckbench.checkpoint.hub;

import io.buckbench.input.InvalidInputException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the hub and its cache are, from the environment variables of Python's {@code
 * huggingface_hub}, so that both use the same files.
 *
 * @param endpoint {@code HF_ENDPOINT}, a mirror for example; else the public hub
 * @param cache {@code HF_HUB_CACHE}, else {@code HF_HOME}{@code /hub}, else {@code
 *     ~/.cache/huggingface/hub}
 * @param token {@code HF_TOKEN}; sent to the endpoint alone, never to where it redirects
 * @param offline {@code HF_HUB_OFFLINE}: nothing is asked of any server
 */
public record HubSettings(URI endpoint, Path cache, Optional<String> token, boolean offline) {
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

  /** Reads the variables; {@code home} is the user's directory. */
  public static HubSettings of(Map<String, String> environment, Path home) {
    String endpoint = set(environment, "HF_ENDPOINT").orElse("https://huggingface.co");
    Path hubHome =
        set(environment, "HF_HOME")
            .map(Path::of)
            .orElse(
                set(environment, "XDG_CACHE_HOME")
                    .map(Path::of)
                    .orElse(home.resolve(".cache"))
                    .resolve("huggingface"));
    Path cache =
        set(environment, "HF_HUB_CACHE")
            .or(() -> set(environment, "HUGGINGFACE_HUB_CACHE"))
            .map(Path::of)
            .orElse(hubHome.resolve("hub"));
    boolean offline =
        set(environment, "HF_HUB_OFFLINE")
            .map(value -> TRUE.contains(value.toUpperCase(Locale.ROOT)))
            .orElse(false);
    return new HubSettings(uri(endpoint), cache, set(environment, "HF_TOKEN"), offline);
  }

  private static URI uri(String endpoint) {
    try {
      URI uri = URI.create(endpoint.endsWith("/") ? endpoint : endpoint + "/");
      if (Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Told below, with what was found.
    }
    throw new InvalidInputException(
        "HF_ENDPOINT", endpoint, "an address such as https://huggingface.co", "mend the variable");
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** The token stays out of logs. */
  @Override
  public String toString() {
    return endpoint + ", cache " + cache + (offline ? ", offline" : "");
  }
}
