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
import java.util.Optional;

/**
 * Text to token ids and back, by Hugging Face's own tokenizer, set up as OPT's: byte-level BPE,
 * {@code </s>} in front of every text and nothing behind, {@code </s>} and {@code <pad>} in a text
 * read as these tokens, {@code <s>} and {@code <mask>} as plain letters; decoding changes no space.
 */
public final class Tokenizer implements AutoCloseable {
  /** Begins and ends a text. */
  static final String END = "</s>";

  /** Fills a batch. */
  static final String PAD = "<pad>";

  /** What Transformers' GPT2Tokenizer does with OPT's settings. */
  private static final BpeRules RULES =
      new BpeRules(List.of(PAD, END), Optional.of(END), true, Optional.empty(), false);

  private static final String AGAIN = "fetch the tokenizer files again";

  private final HuggingFaceTokenizer tokenizer;
  private final long endId;
  private final long padId;
  private final long largestId;

  private Tokenizer(HuggingFaceTokenizer tokenizer, long endId, long padId, long largestId) {
    this.tokenizer = tokenizer;
    this.endId = endId;
    this.padId = padId;
    this.largestId = largestId;
  }

  /**
   * Reads {@code tokenizer.json} or, where there is none, {@code vocab.json} and {@code merges.txt}
   * (OPT publishes only these).
   *
   * @throws InvalidInputException where neither is there, or what is there is no tokenizer of OPT's
   *     kind
   */
  public static Tokenizer open(Path directory) {
    Path whole = directory.resolve("tokenizer.json");
    if (Files.isRegularFile(whole)) {
      return of(whole, InputText.read(whole, "a tokenizer", AGAIN));
    }
    Path vocabulary = directory.resolve("vocab.json");
    Path merges = directory.resolve("merges.txt");
    if (!Files.isRegularFile(vocabulary) || !Files.isRegularFile(merges)) {
      throw new InvalidInputException(
          directory.toString(),
          "no tokenizer",
          "tokenizer.json, or vocab.json and merges.txt",
          "fetch the model's tokenizer files, or check --model-dir");
    }
    return of(vocabulary, published(vocabulary, merges));
  }

  /** The {@code tokenizer.json} that OPT never published, from the two files that it did. */
  static String published(Path vocabulary, Path merges) {
    return TokenizerJson.of(BpeVocabulary.read(vocabulary, merges, RULES.special()), RULES)
        .toString();
  }

  private static Tokenizer of(Path file, String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    JsonObject declared = JsonObject.parse(file.toString(), utf8, AGAIN);
    long endId = addedTokenId(file, declared, END);
    long padId = addedTokenId(file, declared, PAD);
    // Truncation is ours: the library's would cut the answer's tail and know no left side.
    Map<String, String> options = Map.of("truncation", "false", "padding", "false");
    HuggingFaceTokenizer tokenizer;
    try {
      tokenizer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(utf8), options);
    } catch (IOException | RuntimeException e) {
      throw new InvalidInputException(
          file.toString(),
          "what the tokenizer library refuses: " + e.getMessage(),
          "a tokenizer in Hugging Face's format",
          AGAIN,
          e);
    }
    Tokenizer opened = new Tokenizer(tokenizer, endId, padId, largestId(declared));
    long[] front = opened.encode("");
    if (!Arrays.equals(front, new long[] {endId})) {
      opened.close();
      throw new InvalidInputException(
          file.toString(),
          "the ids " + Arrays.toString(front) + " for the empty text",
          "[" + endId + "], " + END + " alone in front",
          "use a tokenizer of OPT's kind");
    }
    return opened;
  }

  private static long addedTokenId(Path file, JsonObject declared, String token) {
    for (JsonNode added : addedTokens(declared)) {
      if (added.path("content").asText().equals(token)) {
        return added.path("id").asLong();
      }
    }
    throw new InvalidInputException(
        file.toString(),
        "no added token " + token,
        "both " + END + " and " + PAD,
        "use a tokenizer of OPT's kind");
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

  /** Ids of a text, {@code </s>} in front, however long. */
  public long[] encode(String text) {
    return ids(text, true);
  }

  /** Ids of a text that continues another: nothing in front. */
  public long[] encodeContinuation(String text) {
    return ids(text, false);
  }

  /**
   * DJL's own call also copies each token's text, place and masks over to Java, at many times the
   * cost of the ids.
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
   * Ids of a text, cut to {@code maxTokens} on one side. The front token always stays: Transformers
   * cuts the text's own ids and puts it in front afterwards, whichever side is cut.
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
      System.arraycopy(ids, ids.length - maxTokens + 1, kept, 1, maxTokens - 1);
    }
    return kept;
  }

  /** The text of ids, its spaces as they are; {@code </s>} and {@code <pad>} left out or shown. */
  public String decode(long[] ids, boolean skipSpecialTokens) {
    return tokenizer.decode(ids, skipSpecialTokens);
  }

  /** Id of {@code </s>}, which stands in front of a text and ends an answer. */
  public long endId() {
    return endId;
  }

  /** Id of {@code <pad>}. */
  public long padId() {
    return padId;
  }

  /** The largest id that a text can give; a model needs a row for it. */
  public long largestId() {
    return largestId;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
