package io.buckbench.checkpoint.hub;

import io.buckbench.input.InvalidInputException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses of the hub and its cache, from the environment variables of Python's {@code
 * huggingface_hub}, so that both use the same files.
 *
 * @param endpoint {@code HF_ENDPOINT}, for example a mirror; otherwise the public hub
 * @param cache {@code HF_HUB_CACHE}, otherwise {@code HF_HOME}{@code /hub}, otherwise {@code
 *     ~/.cache/huggingface/hub}
 * @param token {@code HF_TOKEN}; sent only to the endpoint, not to the targets of redirects
 * @param offline {@code HF_HUB_OFFLINE}: no requests are sent
 */
public record HubSettings(URI endpoint, Path cache, Optional<String> token, boolean offline) {
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

  /** Reads the variables; {@code home} is the user's home directory. */
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
      // Reported below.
    }
    throw new InvalidInputException(
        "HF_ENDPOINT",
        endpoint,
        "an address such as https://huggingface.co",
        "correct the variable");
  }

  private static Optional<String> set(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** Omits the token, which must not appear in logs. */
  @Override
  public String toString() {
    return endpoint + ", cache " + cache + (offline ? ", offline" : "");
  }
}
