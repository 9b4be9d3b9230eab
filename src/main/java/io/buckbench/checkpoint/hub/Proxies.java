package io.buckbench.checkpoint.hub;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Selects the proxies in {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code
 * NO_PROXY}, with the same meaning as in Python. If none is set, Java's settings apply ({@code
 * -Dhttps.proxyHost}).
 */
final class Proxies extends ProxySelector {
  private final Map<String, String> environment;

  private Proxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  static ProxySelector of(Map<String, String> environment) {
    Proxies proxies = new Proxies(environment);
    boolean any =
        List.of("https", "http", "all").stream().anyMatch(s -> proxies.variable(s).isPresent());
    return any ? proxies : ProxySelector.getDefault();
  }

  @Override
  public List<Proxy> select(URI address) {
    Optional<String> proxy = variable(address.getScheme()).or(() -> variable("all"));
    if (proxy.isEmpty() || excepted(address.getHost())) {
      return List.of(Proxy.NO_PROXY);
    }
    return List.of(new Proxy(Proxy.Type.HTTP, socket(proxy.get())));
  }

  private static InetSocketAddress socket(String proxy) {
    URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
    if (uri.getHost() == null) {
      throw new InvalidInputException(
          "HTTPS_PROXY or HTTP_PROXY", proxy, "an address such as http://proxy:3128", "correct it");
    }
    return InetSocketAddress.createUnresolved(
        uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
  }

  private boolean excepted(String host) {
    for (String exception : variable("no").orElse("").split(",")) {
      String name = exception.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
      String asked = host.toLowerCase(Locale.ROOT);
      if (name.equals("*")
          || !name.isEmpty() && (asked.equals(name) || asked.endsWith("." + name))) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> variable(String scheme) {
    String name = scheme + "_proxy";
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
    // The client throws the failure.
  }
}
