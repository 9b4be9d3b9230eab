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
 * A byte-level vocabulary.
 *
 * @param ids token to id: special tokens, the 256 bytes, and the tokens that merges make
 * @param merges pairs in the order in which they are applied
 */
public record BpeVocabulary(Map<String, Integer> ids, List<Merge> merges) {
  private static final String AGAIN = "fetch the tokenizer files again";

  /** Copies both. */
  public BpeVocabulary {
    ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
    merges = List.copyOf(merges);
  }

  /**
   * Two neighbouring tokens that become one.
   *
   * @param left the first token
   * @param right the second token
   */
  public record Merge(String left, String right) {
    /** The token they become. */
    public String joined() {
      return left + right;
    }
  }

  /** Numbers the special tokens from 0, then the bytes, then what the merges make. */
  static BpeVocabulary numbered(List<String> special, List<Merge> merges) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    special.forEach(token -> ids.put(token, ids.size()));
    ByteAlphabet.all().forEach(token -> ids.putIfAbsent(token, ids.size()));
    merges.forEach(merge -> ids.putIfAbsent(merge.joined(), ids.size()));
    return new BpeVocabulary(ids, merges);
  }

  /**
   * Reads the two files that GPT-2's tokenizer is published in.
   *
   * @param vocabulary {@code vocab.json}, token to id
   * @param merges {@code merges.txt}, a merge a line, in their order
   * @param special tokens that must be there
   * @throws InvalidInputException with every problem of a file: an id that is none, a special token
   *     or a byte without an id, a merge of or into a token without an id
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
        json.problem(token, "no token " + token, "it, with its id", AGAIN);
      }
    }
    // Without an unknown token the library drops a byte it has no token for, and says nothing.
    for (int value = 0; value < 256; value++) {
      String token = ByteAlphabet.all().get(value);
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
    for (String text : InputText.read(file, "merges, one a line", AGAIN).split("\r?\n")) {
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
            file + ":" + line, text, "two tokens of the vocabulary whose join is a third", AGAIN);
      }
    }
    problems.throwIfAny();
    return merges;
  }

  /** How many tokens there are. */
  public int size() {
    return ids.size();
  }
}
