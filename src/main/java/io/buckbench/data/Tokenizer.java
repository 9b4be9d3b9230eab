package io.buckbench.data;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.buckbench.data.bpe.BpeRules;
import io.buckbench.data.bpe.BpeVocabulary;
import io.buckbench.data.bpe.TokenizerJson;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import io.buckbench.input.Unicode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Converts text to token ids and back with Hugging Face's tokenizer. The tokenizer's front token,
 * if it has one, is added before every text, and nothing after it. Special tokens that are spelled
 * out in a text are recognised; decoding keeps all spaces.
 */
public final class Tokenizer implements AutoCloseable {
  private static final String WHOLE = "tokenizer.json";
  private static final String VOCABULARY = "vocab.json";
  private static final String MERGES = "merges.txt";

  /** The files from which a tokenizer may be read. */
  public static final List<String> FILES =
      List.of(
          WHOLE, VOCABULARY, MERGES, SpecialTokens.CONFIG, SpecialTokens.MAP, ChatTemplate.FILE);

  private static final String AGAIN = "fetch the tokenizer files again";

  private final Path file;
  private final HuggingFaceTokenizer tokenizer;
  private final SpecialTokens special;
  private final long largestId;
  private final boolean addsFront;
  private long[] front = {};

  private Tokenizer(
      Path file,
      HuggingFaceTokenizer tokenizer,
      SpecialTokens special,
      long largestId,
      boolean addsFront) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.special = special;
    this.largestId = largestId;
    this.addsFront = addsFront;
  }

  /**
   * Opens {@code tokenizer.json} with {@code tokenizer_config.json} and {@code
   * special_tokens_map.json}, as Transformers 5 does. If there is no {@code tokenizer_config.json},
   * the rules of the family apply; they also apply to the byte-level BPE of {@code vocab.json} and
   * {@code merges.txt}, which is read if there is no {@code tokenizer.json}.
   *
   * @param kind the class that the model family is registered with
   * @param rules the configuration of the model family, if it was published without a {@code
   *     tokenizer.json}
   * @throws InvalidInputException if the files do not exist or do not fit together
   */
  public static Tokenizer open(
      Path directory, TokenizerClass.OfFamily kind, Optional<TokenizerRules> rules) {
    Path whole = directory.resolve(WHOLE);
    if (Files.isRegularFile(whole)) {
      TokenizerContent content = TokenizerContent.read(whole, AGAIN);
      if (rules.isEmpty() || Files.isRegularFile(directory.resolve(SpecialTokens.CONFIG))) {
        return of(whole, content, configured(directory, kind, content));
      }
      return of(whole, content, rules.get());
    }
    if (rules.isEmpty() || !isIn(directory)) {
      throw new InvalidInputException(
          directory.toString(),
          "no tokenizer",
          WHOLE + rules.map(r -> ", or " + VOCABULARY + " and " + MERGES).orElse(""),
          "fetch the model's tokenizer files, or check --model-dir");
    }
    Path vocabulary = directory.resolve(VOCABULARY);
    String json = published(vocabulary, directory.resolve(MERGES), rules.get());
    return of(vocabulary, TokenizerContent.parse(vocabulary, json, AGAIN), rules.get());
  }

  private static SpecialTokens configured(
      Path directory, TokenizerClass.OfFamily family, TokenizerContent content) {
    JsonObject config =
        JsonObject.read(
            directory.resolve(SpecialTokens.CONFIG), "the tokenizer's special tokens", AGAIN);
    TokenizerClass kind = family.of(config.text("tokenizer_class"));
    content.rebuild(kind, config);
    return SpecialTokens.read(directory, config, kind, content);
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

  /** Opens a tokenizer that must follow a family's rules. */
  private static Tokenizer of(Path file, TokenizerContent content, TokenizerRules rules) {
    String expected = "both " + rules.end() + " and " + rules.pad();
    long end = content.required(rules.end(), expected);
    long pad = content.required(rules.pad(), expected);
    long[] wanted =
        rules.front().stream().mapToLong(token -> content.required(token, expected)).toArray();
    Map<String, String> named = new LinkedHashMap<>();
    named.put("eos_token", rules.end());
    named.put("pad_token", rules.pad());
    rules.front().ifPresent(token -> named.put("bos_token", token));
    Tokenizer opened = of(file, content, new SpecialTokens(end, pad, named));
    if (!Arrays.equals(opened.front, wanted)) {
      long[] found = opened.front;
      opened.close();
      throw new InvalidInputException(
          file.toString(),
          "the ids " + Arrays.toString(found) + " for the empty text",
          Arrays.toString(wanted)
              + rules.front().map(token -> ", only the front token " + token).orElse(""),
          "use the model's own tokenizer");
    }
    return opened;
  }

  private static Tokenizer of(Path file, TokenizerContent content, SpecialTokens special) {
    // The library's truncation would cut the end of the answer, and cannot cut on the left.
    Map<String, String> options = Map.of("truncation", "false", "padding", "false");
    TokenizerLibrary.pin();
    HuggingFaceTokenizer tokenizer;
    try {
      tokenizer =
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(content.utf8()), options);
    } catch (IOException | RuntimeException e) {
      throw new InvalidInputException(
          file.toString(),
          "content that the tokenizer library rejects: " + e.getMessage(),
          "a tokenizer in Hugging Face's format",
          AGAIN,
          e);
    }
    Tokenizer opened = new Tokenizer(file, tokenizer, special, content.largestId(), true);
    try {
      opened.front = opened.front(file);
      return opened;
    } catch (InvalidInputException e) {
      opened.close();
      throw e;
    }
  }

  /** The tokens before every text. Tokens after it are refused, since an answer follows there. */
  private long[] front(Path file) {
    String text = "a";
    long[] whole = ids(text, true);
    long[] inner = ids(text, false);
    int count = whole.length - inner.length;
    if (count < 0 || !Arrays.equals(Arrays.copyOfRange(whole, count, whole.length), inner)) {
      throw new InvalidInputException(
          file.toString(),
          "the ids " + Arrays.toString(whole) + " for the text " + text,
          "any front token, and then " + Arrays.toString(inner) + " with nothing after it",
          "remove the end token from its post_processor, since BuckBench adds it after the answer");
    }
    return Arrays.copyOf(whole, count);
  }

  /**
   * The ids of a text with the front token, without truncation.
   *
   * @throws InvalidInputException if the text has half a surrogate pair, which is not Unicode
   */
  public long[] encode(String text) {
    return ids(text, addsFront);
  }

  /**
   * The same tokenizer for texts that hold their own front token, such as those of a chat template.
   * It shares this one's memory and need not be closed.
   */
  public Tokenizer withoutFront() {
    return new Tokenizer(file, tokenizer, special, largestId, false);
  }

  /** The ids of a text that continues another, without the front token. */
  public long[] encodeContinuation(String text) {
    return ids(text, false);
  }

  /**
   * The ids of a text that continues another: those of both together less those of the first. They
   * can differ from {@link #encodeContinuation}, for example where a tokenizer marks the begin of a
   * text.
   *
   * @param text the first text
   * @param ids its ids, as {@link #encode(String)} returns them
   * @throws InvalidInputException if the two texts meet within a token
   */
  public long[] encodeAfter(String text, long[] ids, String continuation) {
    long[] both = encode(text + continuation);
    if (both.length < ids.length || !Arrays.equals(Arrays.copyOf(both, ids.length), ids)) {
      String end = text.substring(text.offsetByCodePoints(text.length(), -shown(text)));
      throw new InvalidInputException(
          "the answer '" + continuation + "'",
          "tokens that begin before it, after '..." + end.replace("\n", "\\n") + "'",
          "a text whose tokens are the same with and without the answer",
          "end the prompt with white space, a colon or a line break before the answer");
    }
    return Arrays.copyOfRange(both, ids.length, both.length);
  }

  /** The number of characters at the end of a text that a message shows. */
  private static int shown(String text) {
    return Math.min(20, text.codePointCount(0, text.length()));
  }

  /**
   * Calls the library directly, because DJL's method also copies the text, offsets and masks of
   * each token to Java, at many times the cost of the ids.
   */
  private long[] ids(String text, boolean withFrontToken) {
    int half = Unicode.loneSurrogate(text);
    if (half >= 0) {
      // The library would read three replacement characters.
      throw new InvalidInputException(
          "a text to tokenize, character " + (half + 1),
          String.format(Locale.ROOT, "\\u%04x without its other half", (int) text.charAt(half)),
          "Unicode text",
          "correct the text");
    }
    long encoding;
    try {
      encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, withFrontToken);
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          file.toString(),
          "a tokenizer that cannot encode a text: " + e.getMessage(),
          "one that gives tokens for every text",
          AGAIN,
          e);
    }
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
      int ours = Math.max(0, maxTokens - front.length);
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
    return special.end();
  }

  /** The special tokens by key, such as {@code bos_token}. */
  public Map<String, String> specialTokens() {
    return special.named();
  }

  /** The id of the token that pads a batch. */
  public long padId() {
    return special.pad();
  }

  /** The largest id of a token; a model's embedding must have a row for it. */
  public long largestId() {
    return largestId;
  }

  @Override
  public void close() {
    if (addsFront) {
      tokenizer.close();
    }
  }
}
