package io.buckbench.data;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.buckbench.data.bpe.BpeRules;
import io.buckbench.data.bpe.BpeVocabulary;
import io.buckbench.data.bpe.TokenizerJson;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Converts text to token ids and back with Hugging Face's tokenizer. The model family's front
 * token, if it has one, is added before every text, and nothing after it. Special tokens that are
 * spelled out in a text are recognised; decoding keeps all spaces.
 */
public final class Tokenizer implements AutoCloseable {
  private static final String WHOLE = "tokenizer.json";
  private static final String VOCABULARY = "vocab.json";
  private static final String MERGES = "merges.txt";

  /** The files from which a tokenizer may be read. */
  public static final List<String> FILES = List.of(WHOLE, VOCABULARY, MERGES);

  private static final String AGAIN = "fetch the tokenizer files again";

  private final HuggingFaceTokenizer tokenizer;
  private final int frontTokens;
  private final long endId;
  private final long padId;
  private final long largestId;

  private Tokenizer(
      HuggingFaceTokenizer tokenizer, int frontTokens, long endId, long padId, long largestId) {
    this.tokenizer = tokenizer;
    this.frontTokens = frontTokens;
    this.endId = endId;
    this.padId = padId;
    this.largestId = largestId;
  }

  /**
   * Opens {@code tokenizer.json} or, if it does not exist, the byte-level BPE of {@code vocab.json}
   * and {@code merges.txt}.
   *
   * @param rules the configuration of the model family
   * @throws InvalidInputException if the files do not exist or the tokenizer does not follow the
   *     rules
   */
  public static Tokenizer open(Path directory, TokenizerRules rules) {
    Path whole = directory.resolve(WHOLE);
    if (Files.isRegularFile(whole)) {
      return of(whole, InputText.read(whole, "a tokenizer", AGAIN), rules);
    }
    Path vocabulary = directory.resolve(VOCABULARY);
    Path merges = directory.resolve(MERGES);
    if (!isIn(directory)) {
      throw new InvalidInputException(
          directory.toString(),
          "no tokenizer",
          WHOLE + ", or " + VOCABULARY + " and " + MERGES,
          "fetch the model's tokenizer files, or check --model-dir");
    }
    return of(vocabulary, published(vocabulary, merges, rules), rules);
  }

  /** The {@code tokenizer.json} for a model that was published with vocabulary and merges only. */
  static String published(Path vocabulary, Path merges, TokenizerRules rules) {
    BpeRules bpe = rules.bpe();
    return TokenizerJson.of(BpeVocabulary.read(vocabulary, merges, bpe.special()), bpe).toString();
  }

  /** Whether a directory holds the files of a tokenizer. */
  public static boolean isIn(Path directory) {
    return Files.isRegularFile(directory.resolve(WHOLE))
        || Files.isRegularFile(directory.resolve(VOCABULARY))
            && Files.isRegularFile(directory.resolve(MERGES));
  }

  private static Tokenizer of(Path file, String json, TokenizerRules rules) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    JsonObject declared = JsonObject.parse(file.toString(), utf8, AGAIN);
    declared
        .properties()
        .forEach(e -> new TokenizerFileCheck(file.toString()).check(e.getValue(), e.getKey(), 1));
    long endId = addedTokenId(file, declared, rules.end(), rules);
    long padId = addedTokenId(file, declared, rules.pad(), rules);
    long[] wanted =
        rules.front().stream()
            .mapToLong(token -> addedTokenId(file, declared, token, rules))
            .toArray();
    // The library's truncation would cut the end of the answer, and cannot cut on the left.
    Map<String, String> options = Map.of("truncation", "false", "padding", "false");
    TokenizerLibrary.pin();
    HuggingFaceTokenizer tokenizer;
    try {
      tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(utf8), options);
    } catch (IOException | RuntimeException e) {
      throw new InvalidInputException(
          file.toString(),
          "content that the tokenizer library rejects: " + e.getMessage(),
          "a tokenizer in Hugging Face's format",
          AGAIN,
          e);
    }
    Tokenizer opened = new Tokenizer(tokenizer, wanted.length, endId, padId, largestId(declared));
    long[] front = opened.encode("");
    if (!Arrays.equals(front, wanted)) {
      opened.close();
      throw new InvalidInputException(
          file.toString(),
          "the ids " + Arrays.toString(front) + " for the empty text",
          Arrays.toString(wanted)
              + rules.front().map(token -> ", only the front token " + token).orElse(""),
          "use the model's own tokenizer");
    }
    return opened;
  }

  private static long addedTokenId(
      Path file, JsonObject declared, String token, TokenizerRules rules) {
    for (JsonNode added : addedTokens(declared)) {
      if (added.path("content").asText().equals(token)) {
        return added.path("id").asLong();
      }
    }
    throw new InvalidInputException(
        file.toString(),
        "no added token " + token,
        "both " + rules.end() + " and " + rules.pad(),
        "use the model's own tokenizer");
  }

  private static JsonNode addedTokens(JsonObject declared) {
    return declared.value("added_tokens").orElse(MissingNode.getInstance());
  }

  private static long largestId(JsonObject declared) {
    long largest = 0;
    JsonNode model = declared.value("model").orElse(MissingNode.getInstance());
    for (JsonNode id : model.path("vocab")) {
      largest = Math.max(largest, id.asLong());
    }
    for (JsonNode added : addedTokens(declared)) {
      largest = Math.max(largest, added.path("id").asLong());
    }
    return largest;
  }

  /** The ids of a text with the front token, without truncation. */
  public long[] encode(String text) {
    return ids(text, true);
  }

  /** The ids of a text that continues another, without the front token. */
  public long[] encodeContinuation(String text) {
    return ids(text, false);
  }

  /**
   * Calls the library directly, because DJL's method also copies the text, offsets and masks of
   * each token to Java, at many times the cost of the ids.
   */
  private long[] ids(String text, boolean withFrontToken) {
    long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, withFrontToken);
    try {
      return TokenizersLibrary.LIB.getTokenIds(encoding);
    } finally {
      TokenizersLibrary.LIB.deleteEncoding(encoding);
    }
  }

  /**
   * The ids of a text, cut to {@code maxTokens} on one side. The front token is always kept, as in
   * Transformers, which adds it after cutting.
   */
  public long[] encode(String text, int maxTokens, Side cut) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens is " + maxTokens + ", must be positive");
    }
    long[] ids = encode(text);
    if (ids.length <= maxTokens) {
      return ids;
    }
    long[] kept = Arrays.copyOf(ids, maxTokens);
    if (cut == Side.LEFT) {
      int ours = Math.max(0, maxTokens - frontTokens);
      System.arraycopy(ids, ids.length - ours, kept, maxTokens - ours, ours);
    }
    return kept;
  }

  /** The text of token ids, with all spaces, and with or without special tokens. */
  public String decode(long[] ids, boolean skipSpecialTokens) {
    return tokenizer.decode(ids, skipSpecialTokens);
  }

  /** The id of the token that ends an answer. */
  public long endId() {
    return endId;
  }

  /** The id of the token that pads a batch. */
  public long padId() {
    return padId;
  }

  /** The largest id of a token; a model's embedding must have a row for it. */
  public long largestId() {
    return largestId;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
