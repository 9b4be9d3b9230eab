package io.buckbench.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The special tokens of a tokenizer.
 *
 * @param end id of the token that ends an answer
 * @param pad id of the token that pads a batch; the end token if there is no other
 * @param named the tokens by key, such as {@code bos_token}
 */
record SpecialTokens(long end, long pad, Map<String, String> named) {
  /** Transformers' file of settings. */
  static final String CONFIG = "tokenizer_config.json";

  /** An older file that may name the special tokens too. */
  static final String MAP = "special_tokens_map.json";

  private static final String AGAIN = "fetch the tokenizer files again";
  private static final String END = "eos_token";
  private static final List<String> NAMED =
      List.of("bos_token", END, "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");
  private static final List<String> LISTS =
      List.of("additional_special_tokens", "extra_special_tokens");

  /**
   * Reads the special tokens, and adds to the tokenizer those that it lacks, as Transformers does:
   * first {@code added_tokens_decoder} with its ids, then the named ones with the next ids. The map
   * is read only without {@code added_tokens_decoder}, and then takes precedence.
   *
   * @param config the tokenizer's {@code tokenizer_config.json}
   * @param kind the class, which names tokens that the files do not
   * @throws io.buckbench.input.InvalidInputException if there is no end token
   */
  static SpecialTokens read(
      Path directory, JsonObject config, TokenizerClass kind, TokenizerContent content) {
    Path mapFile = directory.resolve(MAP);
    Optional<JsonNode> decoder =
        config.value("added_tokens_decoder", JsonNode::isObject, "an object of tokens by id");
    Optional<JsonObject> map =
        decoder.isEmpty() && Files.isRegularFile(mapFile)
            ? Optional.of(JsonObject.read(mapFile, "special tokens", AGAIN))
            : Optional.empty();
    decoder.ifPresent(
        tokens ->
            tokens
                .properties()
                .forEach(entry -> decoded(config, entry.getKey(), entry.getValue(), content)));
    Map<String, String> named = new LinkedHashMap<>();
    kind.specialTokens().forEach((key, token) -> named.put(key, token));
    readNamed(config, named);
    map.ifPresent(m -> readNamed(m, named));
    List<String> all = new ArrayList<>(named.values());
    for (String key : LISTS) {
      map.flatMap(m -> list(m, key)).or(() -> list(config, key)).ifPresent(all::addAll);
    }
    for (String token : all) {
      if (!content.isAdded(token)) {
        ObjectNode settings =
            JsonNodeFactory.instance.objectNode().put("content", token).put("special", true);
        content.add(settings, content.id(token).orElse(content.largestId() + 1));
      }
    }
    if (!named.containsKey(END)) {
      config.problem(
          END,
          "nothing",
          "the token that ends an answer",
          "use a model whose tokenizer has an end token");
    }
    config.throwIfAny();
    map.ifPresent(JsonObject::throwIfAny);
    long end = content.id(named.get(END)).orElseThrow();
    String pad = named.getOrDefault("pad_token", named.get(END));
    return new SpecialTokens(end, content.id(pad).orElseThrow(), Map.copyOf(named));
  }

  /** Reads every key that names a token, of which {@code null} takes back an earlier one. */
  private static void readNamed(JsonObject file, Map<String, String> named) {
    for (Map.Entry<String, JsonNode> entry : file.properties()) {
      if (NAMED.contains(entry.getKey()) && entry.getValue().isNull()) {
        named.remove(entry.getKey());
      } else if (NAMED.contains(entry.getKey())
          || entry.getKey().endsWith("_token") && isToken(entry.getValue())) {
        token(file, entry.getKey()).ifPresent(token -> named.put(entry.getKey(), token));
      }
    }
  }

  private static void decoded(
      JsonObject config, String id, JsonNode settings, TokenizerContent content) {
    if (!id.matches("[0-9]{1,9}") || !settings.path("content").isTextual()) {
      config.problem(
          "added_tokens_decoder", id + ": " + settings, "an id and a token's settings", AGAIN);
    } else if (!content.isAdded(settings.path("content").asText())) {
      content.add((ObjectNode) settings, Long.parseLong(id));
    }
  }

  /** A token: a string, or an object with the string and its settings. */
  private static Optional<String> token(JsonObject file, String key) {
    return file.value(key, SpecialTokens::isToken, "a token").map(SpecialTokens::text);
  }

  private static Optional<List<String>> list(JsonObject file, String key) {
    return file.value(key)
        .map(
            value -> {
              List<String> tokens = new ArrayList<>();
              value.forEach(
                  token -> {
                    if (isToken(token)) {
                      tokens.add(text(token));
                    } else {
                      file.problem(key, token.toString(), "a token", AGAIN);
                    }
                  });
              return tokens;
            });
  }

  private static boolean isToken(JsonNode token) {
    return token.isTextual() || token.path("content").isTextual();
  }

  private static String text(JsonNode token) {
    return token.isTextual() ? token.textValue() : token.path("content").textValue();
  }
}
