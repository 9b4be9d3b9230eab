package io.buckbench.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The content of a {@code tokenizer.json}: the ids of its tokens, and tokens added to it. */
final class TokenizerContent {
  private static final String ADDED = "added_tokens";

  private final Path file;
  private final String text;
  private final ObjectNode root;
  private final Map<String, Long> added = new HashMap<>();
  private final Map<String, Long> vocabulary = new HashMap<>();
  private boolean changed;

  private TokenizerContent(Path file, String text, ObjectNode root) {
    this.file = file;
    this.text = text;
    this.root = root;
    for (JsonNode token : root.path(ADDED)) {
      added.put(token.path("content").asText(), token.path("id").asLong());
    }
    JsonNode vocab = root.path("model").path("vocab");
    vocab.properties().forEach(e -> vocabulary.put(e.getKey(), e.getValue().asLong()));
    if (vocab.isArray()) {
      // A unigram model lists pairs of a token and its score.
      for (int id = 0; id < vocab.size(); id++) {
        vocabulary.put(vocab.get(id).path(0).asText(), (long) id);
      }
    }
  }

  static TokenizerContent read(Path file, String todo) {
    return parse(file, InputText.read(file, "a tokenizer", todo), todo);
  }

  /**
   * @param todo what to do about wrong content
   */
  static TokenizerContent parse(Path file, String text, String todo) {
    JsonObject json =
        JsonObject.parse(file.toString(), text.getBytes(StandardCharsets.UTF_8), todo);
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    TokenizerFileCheck check = new TokenizerFileCheck(file.toString());
    json.properties().forEach(entry -> check.check(entry.getValue(), entry.getKey(), 1));
    json.properties().forEach(entry -> root.set(entry.getKey(), entry.getValue()));
    return new TokenizerContent(file, text, root);
  }

  /** The id of a token, added or in the vocabulary. */
  OptionalLong id(String token) {
    Long id = added.getOrDefault(token, vocabulary.get(token));
    return id == null ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /**
   * The id of an added token.
   *
   * @throws InvalidInputException if there is no such token
   */
  long required(String token, String expected) {
    Long id = added.get(token);
    if (id == null) {
      throw new InvalidInputException(
          file.toString(), "no added token " + token, expected, "use the model's own tokenizer");
    }
    return id;
  }

  /** Whether a token is recognised in a text. */
  boolean isAdded(String token) {
    return added.containsKey(token);
  }

  /**
   * Adds a token that another file declares, as Transformers does.
   *
   * @param settings {@code content}, {@code special} and other keys of the library, without the id
   */
  void add(ObjectNode settings, long id) {
    ObjectNode token = JsonNodeFactory.instance.objectNode().put("id", id);
    for (String key : new String[] {"single_word", "lstrip", "rstrip", "normalized", "special"}) {
      token.put(key, settings.path(key).asBoolean(false));
    }
    String content = settings.path("content").asText();
    token.put("content", content);
    ArrayNode list =
        root.path(ADDED).isArray() ? (ArrayNode) root.get(ADDED) : root.putArray(ADDED);
    list.add(token);
    added.put(content, id);
    changed = true;
  }

  /** Replaces what a class of tokenizers does not take over from the file. */
  void rebuild(TokenizerClass kind, JsonObject config) {
    String type = root.path("model").path("type").asText("BPE");
    if (kind != TokenizerClass.AS_WRITTEN && !type.equals("BPE")) {
      throw new InvalidInputException(
          file + " key model.type",
          type,
          "BPE, as " + kind + " has it",
          "use the model's own tokenizer");
    }
    kind.rebuild(root, config);
    changed |= kind != TokenizerClass.AS_WRITTEN;
  }

  /** The largest id of a token. */
  long largestId() {
    long largest = 0;
    for (Map<String, Long> ids : List.of(vocabulary, added)) {
      largest = ids.values().stream().mapToLong(Long::longValue).reduce(largest, Math::max);
    }
    return largest;
  }

  /** The file's text, with the tokens added to it. */
  byte[] utf8() {
    return (changed ? root.toString() : text).getBytes(StandardCharsets.UTF_8);
  }
}
