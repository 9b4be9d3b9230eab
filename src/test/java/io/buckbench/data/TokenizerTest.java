package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.buckbench.files.Digests;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** cases.json was written by Transformers 4.31.0's GPT2Tokenizer with OPT's settings. */
class TokenizerTest {
  /** OPT's tokenizer rules. */
  private static final TokenizerRules RULES =
      new TokenizerRules("</s>", "<pad>", Optional.of("</s>"));

  static final Optional<TokenizerRules> OPT = Optional.of(RULES);

  private static final Path FIXTURE = Path.of("src/test/resources/parity/tokenizer");

  private static JsonNode expected;
  private static Tokenizer tokenizer;

  @BeforeAll
  static void open() throws IOException {
    expected = new ObjectMapper().readTree(FIXTURE.resolve("cases.json").toFile());
    tokenizer = Tokenizer.open(FIXTURE, TokenizerClass.BY_FILES, OPT);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  static Stream<Named<JsonNode>> cases() throws IOException {
    JsonNode cases = new ObjectMapper().readTree(FIXTURE.resolve("cases.json").toFile());
    return StreamSupport.stream(cases.get("cases").spliterator(), false)
        .map(c -> Named.of(c.get("text").toString(), c));
  }

  private static long[] ids(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void every_text_has_the_ids_and_the_decoding_of_the_reference(JsonNode c) {
    long[] ids = tokenizer.encode(c.get("text").asText());
    assertThat(ids).isEqualTo(ids(c.get("input_ids")));
    assertThat(tokenizer.encodeContinuation(c.get("text").asText()))
        .isEqualTo(ids(c.get("ids_no_special")));
    assertThat(tokenizer.decode(ids, false)).isEqualTo(c.get("decode").asText());
    assertThat(tokenizer.decode(ids, true)).isEqualTo(c.get("decode_skip_special").asText());
  }

  @Test
  void truncation_on_either_side_keeps_the_front_token() {
    String text = "Hello world the end";
    assertThat(tokenizer.encode(text, 5, Side.RIGHT)).isEqualTo(ids(expected.get("trunc5_right")));
    assertThat(tokenizer.encode(text, 5, Side.LEFT)).isEqualTo(ids(expected.get("trunc5_left")));
    assertThat(tokenizer.encode(text, 8, Side.LEFT)).isEqualTo(tokenizer.encode(text));
    assertThat(tokenizer.encode(text, 1, Side.LEFT)).containsExactly(2);
    assertThatThrownBy(() -> tokenizer.encode(text, 0, Side.LEFT)).hasMessageContaining("positive");
  }

  @Test
  void a_pair_is_two_texts_each_with_its_front_token() {
    long[] pair =
        LongStream.concat(
                LongStream.of(tokenizer.encode("yes")), LongStream.of(tokenizer.encode("no")))
            .toArray();
    assertThat(pair).isEqualTo(ids(expected.get("pair_yes_no")));
  }

  @ParameterizedTest
  @CsvSource({"pad_right, RIGHT", "pad_left, LEFT"})
  void padded_ids_and_masks_are_those_of_the_reference(String key, Side side) {
    TokenBatch batch =
        Batches.training(
            Stream.of("Hello world", "yes", "")
                .map(t -> new TokenizedExample(t, tokenizer.encode(t), new long[0], 0))
                .toList(),
            side,
            BatchOptions.Labels.ANSWER,
            tokenizer.padId());
    for (int row = 0; row < 3; row++) {
      assertThat(batch.inputIds()[row]).isEqualTo(ids(expected.get(key).get("input_ids").get(row)));
      assertThat(batch.attentionMask()[row])
          .isEqualTo(ids(expected.get(key).get("attention_mask").get(row)));
    }
  }

  @Test
  void the_ids_of_the_end_and_pad_tokens_are_known() {
    assertThat(tokenizer.endId()).isEqualTo(2);
    assertThat(tokenizer.padId()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\uD83D b", "\uDE00", "\uDE00\uD83D", "ab\uD83D"})
  void half_a_surrogate_pair_is_refused(String text) {
    for (Function<String, long[]> encode :
        List.<Function<String, long[]>>of(tokenizer::encode, tokenizer::encodeContinuation)) {
      assertThatThrownBy(() -> encode.apply(text))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("a text to tokenize, character ")
          .hasMessageContaining("without its other half, expected Unicode text");
    }
  }

  @Test
  void a_null_character_is_accepted() {
    assertThat(tokenizer.decode(tokenizer.encode("a\u0000b"), true)).isEqualTo("a\u0000b");
  }

  /** -Dbuckbench.opt.tokenizer=DIR: the published vocab.json and merges.txt, too large to ship. */
  @Test
  @EnabledIfSystemProperty(
      named = "buckbench.opt.tokenizer",
      matches = ".+",
      disabledReason = "needs OPT's vocab.json and merges.txt: -Dbuckbench.opt.tokenizer=DIR")
  void the_published_vocabulary_gives_the_published_ids() {
    try (Tokenizer opt =
        Tokenizer.open(
            Path.of(System.getProperty("buckbench.opt.tokenizer")), TokenizerClass.BY_FILES, OPT)) {
      assertThat(opt.encode("A photo of a cat")).containsExactly(2, 250, 1345, 9, 10, 4758);
      assertThat(opt.encode("Hello world")).containsExactly(2, 31414, 232);
      assertThat(opt.encodeContinuation(" yes")).containsExactly(4420);
      assertThat(opt.encodeContinuation(" no")).containsExactly(117);
      assertThat(opt.encodeContinuation(" Yes")).containsExactly(3216);
      assertThat(opt.encodeContinuation(" No")).containsExactly(440);
    }
  }

  @Test
  void a_directory_without_tokenizer_files_is_refused_with_the_expected_names(
      @TempDir Path directory) throws IOException {
    assertThatThrownBy(() -> Tokenizer.open(directory, TokenizerClass.BY_FILES, OPT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tokenizer.json, or vocab.json and merges.txt");
    Files.copy(FIXTURE.resolve("vocab.json"), directory.resolve("vocab.json"));
    assertThatThrownBy(() -> Tokenizer.open(directory, TokenizerClass.BY_FILES, OPT))
        .hasMessageContaining("found no tokenizer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          vocab.json | {                    | {,            | one JSON object
          vocab.json | "</s>": 2,           |               | no token </s>
          vocab.json | "<pad>": 1,          | "<pad>": "x", | key <pad>: found "x"
          vocab.json | "Ā": 4,              |               | no token Ā for byte 0x00
          merges.txt | h e                  | h e e         | merges.txt:3: found h e e
          merges.txt | h e                  | h z           | whose concatenation is a third
          """)
  void a_damaged_vocabulary_is_reported_with_file_and_token(
      String file, String from, String to, String message, @TempDir Path directory)
      throws IOException {
    for (String name : new String[] {"vocab.json", "merges.txt"}) {
      String text = Files.readString(FIXTURE.resolve(name));
      if (name.equals(file)) {
        assertThat(text).contains(from);
        int at = text.indexOf(from);
        text = text.substring(0, at) + (to == null ? "" : to) + text.substring(at + from.length());
      }
      Files.writeString(directory.resolve(name), text);
    }
    assertThatThrownBy(() -> Tokenizer.open(directory, TokenizerClass.BY_FILES, OPT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(directory.resolve(file).toString())
        .hasMessageContaining(message);
  }

  /** The digest is that of an earlier writer, for OPT only, which left out nulls. */
  @Test
  void the_tokenizer_json_of_a_published_vocabulary_is_unchanged() throws IOException {
    ObjectMapper sorted = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    sorted.setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
    Map<?, ?> file =
        sorted.readValue(
            Tokenizer.published(
                FIXTURE.resolve("vocab.json"), FIXTURE.resolve("merges.txt"), RULES),
            TreeMap.class);
    assertThat(((Map<?, ?>) file.get("model")).remove("byte_fallback")).isEqualTo(false);
    assertThat(Digests.ofText(sorted.writeValueAsString(file)))
        .isEqualTo("8de1078b65cf0258e1c7456b5d85ae4ee3fa91920ff0f69730c02d51fd40d129");
  }

  @Test
  void a_tokenizer_json_is_preferred_and_must_follow_the_rules(@TempDir Path directory)
      throws IOException {
    Path whole = directory.resolve("tokenizer.json");
    Path vocabulary = FIXTURE.resolve("vocab.json");
    Path merges = FIXTURE.resolve("merges.txt");
    String json = Tokenizer.published(vocabulary, merges, RULES);
    Files.writeString(whole, json);
    try (Tokenizer opened = Tokenizer.open(directory, TokenizerClass.BY_FILES, OPT)) {
      assertThat(opened.encode(" yes")).containsExactly(2, 271);
    }
    Files.writeString(
        whole, json.replace("{\"SpecialToken\":{\"id\":\"</s>\",\"type_id\":0}},", ""));
    assertThatThrownBy(() -> Tokenizer.open(directory, TokenizerClass.BY_FILES, OPT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the ids [] for the empty text, expected [2]");
    Files.writeString(whole, json.replace("\"type\":\"BPE\"", "\"type\":\"QPE\""));
    assertThatThrownBy(() -> Tokenizer.open(directory, TokenizerClass.BY_FILES, OPT))
        .hasMessageContaining("content that the tokenizer library rejects");
    Files.writeString(whole, "{\"added_tokens\":[]}");
    assertThatThrownBy(() -> Tokenizer.open(directory, TokenizerClass.BY_FILES, OPT))
        .hasMessageContaining("no added token </s>");
    Files.writeString(whole, "{");
    assertThatThrownBy(() -> Tokenizer.open(directory, TokenizerClass.BY_FILES, OPT))
        .hasMessageContaining("tokenizer.json");
  }
}
