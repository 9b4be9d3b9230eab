package io.buckbench.data.bpe;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A vocabulary of byte-level BPE.
 *
 * @param ids token to id: special tokens, the 256 bytes, and the results of merges
 * @param merges the merges, in the order in which they are applied
 */
public record BpeVocabulary(Map<String, Integer> ids, List<Merge> merges) {
  private static final String AGAIN = "fetch the tokenizer files again";

  /** Makes unmodifiable copies. */
  public BpeVocabulary {
    ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
    merges = List.copyOf(merges);
  }

  /**
   * Two adjacent tokens that are replaced by one.
   *
   * @param left the first token
   * @param right the second token
   */
  public record Merge(String left, String right) {
    /** The resulting token. */
    public String joined() {
      return left + right;
    }
  }

  /** Numbers the special tokens from 0, then the bytes, then the results of the merges. */
  static BpeVocabulary numbered(List<String> special, List<Merge> merges) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    special.forEach(token -> ids.put(token, ids.size()));
    ByteAlphabet.CHARACTERS.forEach(token -> ids.putIfAbsent(token, ids.size()));
    merges.forEach(merge -> ids.putIfAbsent(merge.joined(), ids.size()));
    return new BpeVocabulary(ids, merges);
  }

  /**
   * Reads the two files in which GPT-2's tokenizer is published.
   *
   * @param vocabulary {@code vocab.json}, token to id
   * @param merges {@code merges.txt}, one merge per line, in order
   * @param special tokens that the vocabulary must contain
   * @throws InvalidInputException with all problems of a file: an invalid id, a special token or a
   *     byte without an id, a merge of or into a token without an id
   */
  public static BpeVocabulary read(Path vocabulary, Path merges, List<String> special) {
    Map<String, Integer> ids = ids(vocabulary, special);
    return new BpeVocabulary(ids, merges(merges, ids));
  }

  private static Map<String, Integer> ids(Path file, List<String> special) {
    JsonObject json = JsonObject.read(file, "a vocabulary, token to id", AGAIN);
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      String token = entry.getKey();
      json.required(token, n -> n.canConvertToInt() && n.intValue() >= 0, "an id")
          .ifPresent(id -> ids.put(token, id.intValue()));
    }
    for (String token : special) {
      if (!json.has(token)) {
        json.problem(token, "no token " + token, "the token and its id", AGAIN);
      }
    }
    // Without an unknown token, the library silently drops bytes that have no token.
    for (int value = 0; value < 256; value++) {
      String token = ByteAlphabet.CHARACTERS.get(value);
      if (!json.has(token)) {
        json.problem(
            token,
            String.format(Locale.ROOT, "no token %s for byte 0x%02X", token, value),
            "a token for each of the 256 bytes",
            AGAIN);
      }
    }
    json.throwIfAny();
    return ids;
  }

  private static List<Merge> merges(Path file, Map<String, Integer> ids) {
    List<Merge> merges = new ArrayList<>();
    Problems problems = new Problems();
    int line = 0;
    for (String text : InputText.read(file, "merges, one per line", AGAIN).split("\r?\n")) {
      line++;
      if (text.isEmpty() || (line == 1 && text.startsWith("#version"))) {
        continue;
      }
      String[] halves = text.split(" ", -1);
      Merge merge = new Merge(halves[0], halves[halves.length - 1]);
      if (halves.length == 2
          && ids.containsKey(merge.left)
          && ids.containsKey(merge.right)
          && ids.containsKey(merge.joined())) {
        merges.add(merge);
      } else {
        problems.add(
            file + ":" + line,
            text,
            "two tokens of the vocabulary whose concatenation is a third",
            AGAIN);
      }
    }
    problems.throwIfAny();
    return merges;
  }

  /** The number of tokens. */
  public int size() {
    return ids.size();
  }
}
