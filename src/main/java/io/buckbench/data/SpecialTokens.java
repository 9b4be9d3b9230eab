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
 */
record SpecialTokens(long end, long pad) {
  /** Transformers' file of settings. */
  static final String CONFIG = "tokenizer_config.json";

  /** An older file that may name the special tokens too. */
  static final String MAP = "special_tokens_map.json";

  private static final String AGAIN = "fetch the tokenizer files again";
  private static final List<String> NAMED =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");
  private static final List<String> LISTS =
      List.of("additional_special_tokens", "extra_special_tokens");

  /**
   * Reads the special tokens, and adds to the tokenizer those that it lacks, as Transformers does:
   * first {@code added_tokens_decoder} with its ids, then the named ones with the next ids.
   *
   * @throws io.buckbench.input.InvalidInputException if there is no file or no end token
   */
  static SpecialTokens read(Path directory, TokenizerContent content) {
    JsonObject config =
        JsonObject.read(directory.resolve(CONFIG), "the tokenizer's special tokens", AGAIN);
    Path mapFile = directory.resolve(MAP);
    Optional<JsonObject> map =
        Files.isRegularFile(mapFile)
            ? Optional.of(JsonObject.read(mapFile, "special tokens", AGAIN))
            : Optional.empty();
    config
        .value("added_tokens_decoder", JsonNode::isObject, "an object of tokens by id")
        .ifPresent(
            tokens ->
                tokens
                    .properties()
                    .forEach(entry -> decoded(config, entry.getKey(), entry.getValue(), content)));
    Map<String, String> named = new LinkedHashMap<>();
    for (String key : NAMED) {
      token(config, key)
          .or(() -> map.flatMap(m -> token(m, key)))
          .ifPresent(t -> named.put(key, t));
    }
    List<String> all = new ArrayList<>(named.values());
    for (String key : LISTS) {
      list(config, key).or(() -> map.flatMap(m -> list(m, key))).ifPresent(all::addAll);
    }
    for (String token : all) {
      if (!content.isAdded(token)) {
        ObjectNode settings =
            JsonNodeFactory.instance.objectNode().put("content", token).put("special", true);
        content.add(settings, content.id(token).orElse(content.largestId() + 1));
      }
    }
    if (!named.containsKey("eos_token")) {
      config.problem(
          "eos_token",
          "nothing",
          "the token that ends an answer",
          "use a model whose tokenizer has an end token");
    }
    config.throwIfAny();
    map.ifPresent(JsonObject::throwIfAny);
    long end = content.id(named.get("eos_token")).orElseThrow();
    String pad = named.getOrDefault("pad_token", named.get("eos_token"));
    return new SpecialTokens(end, content.id(pad).orElseThrow());
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
