package io.buckbench.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {
  private static final Path HOME = Path.of("/home/me");

  @Test
  void the_defaults_are_the_public_hub_and_the_users_cache() {
    HubSettings settings = HubSettings.of(Map.of(), HOME);
    assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co/"));
    assertThat(settings.cache()).isEqualTo(HOME.resolve(".cache/huggingface/hub"));
    assertThat(settings.token()).isEmpty();
    assertThat(settings.offline()).isFalse();
  }

  @Test
  void the_most_specific_variable_names_the_cache() {
    assertThat(cache("XDG_CACHE_HOME", "/x")).isEqualTo(Path.of("/x/huggingface/hub"));
    assertThat(cache("HF_HOME", "/h", "XDG_CACHE_HOME", "/x")).isEqualTo(Path.of("/h/hub"));
    assertThat(cache("HF_HUB_CACHE", "/c", "HF_HOME", "/h")).isEqualTo(Path.of("/c"));
    assertThat(cache("HUGGINGFACE_HUB_CACHE", "/o")).isEqualTo(Path.of("/o"));
  }

  private static Path cache(String... pairs) {
    Map<String, String> environment =
        pairs.length == 2
            ? Map.of(pairs[0], pairs[1])
            : Map.of(pairs[0], pairs[1], pairs[2], pairs[3]);
    return HubSettings.of(environment, HOME).cache();
  }

  @Test
  void a_mirror_may_have_a_path_and_the_token_is_not_shown() {
    HubSettings settings =
        HubSettings.of(Map.of("HF_ENDPOINT", "http://m/hf", "HF_TOKEN", " hf_secret "), HOME);
    assertThat(settings.endpoint().resolve(new HubRepo("a/b").path("r/1", "f")))
        .isEqualTo(URI.create("http://m/hf/a/b/resolve/r%2F1/f"));
    assertThat(settings.token()).contains("hf_secret");
    assertThat(settings.toString()).doesNotContain("hf_secret");
  }

  @ParameterizedTest
  @CsvSource({
    "1, true",
    "true, true",
    "Yes, true",
    "ON, true",
    "0, false",
    "no, false",
    "'', false"
  })
  void offline_is_read_as_python_reads_it(String value, boolean offline) {
    assertThat(HubSettings.of(Map.of("HF_HUB_OFFLINE", value), HOME).offline()).isEqualTo(offline);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x", "huggingface.co", "http://", "ht tp://x"})
  void an_endpoint_other_than_a_web_address_is_refused(String endpoint) {
    assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", endpoint), HOME))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("HF_ENDPOINT: found " + endpoint);
  }

  @ParameterizedTest
  @CsvSource({
    "https://hub.org/x, secure:8080",
    "http://hub.org/x, plain:80",
    "https://in.house/x, ''",
    "https://sub.in.house/x, ''",
    "https://notin.house/x, secure:8080",
    "http://127.0.0.1/x, ''"
  })
  void proxies_depend_on_the_scheme_and_exclude_the_exceptions(String address, String proxy) {
    ProxySelector proxies =
        Proxies.of(
            Map.of(
                "HTTPS_PROXY", "http://secure:8080",
                "http_proxy", "plain",
                "no_proxy", "127.0.0.1, .in.house"));
    Proxy expected =
        proxy.isEmpty()
            ? Proxy.NO_PROXY
            : new Proxy(
                Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(
                    proxy.split(":")[0], Integer.parseInt(proxy.split(":")[1])));
    assertThat(proxies.select(URI.create(address))).containsExactly(expected);
  }

  @Test
  void without_proxy_variables_the_settings_of_java_apply() {
    assertThat(Proxies.of(Map.of("no_proxy", "x"))).isSameAs(ProxySelector.getDefault());
  }
}
