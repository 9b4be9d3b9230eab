package io.buckbench.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.data.Answers;
import io.buckbench.data.Example;
import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.TestData;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Answers of one and several tokens against Transformers, and the scores of EleutherAI's
 * lm-evaluation-harness; {@code src/bench/multiple_choice.py} made the numbers.
 */
class MultipleChoiceTest {
  private static final Path MODEL = Path.of("src/main/resources/opt-nano");

  private static JsonNode expected;
  private static Answers answers;
  private static List<Example> items;
  private static Tokenizer tokenizer;
  private static CausalLM model;

  @BeforeAll
  static void open() throws IOException {
    expected =
        new ObjectMapper()
            .readTree(Path.of("src/test/resources/eval/multiple_choice.json").toFile());
    List<String> words = new ArrayList<>();
    expected.get("choices").forEach(choice -> words.add(choice.asText()));
    answers = new Answers(words, 0);
    List<Example> rows = TestData.yesNo(Path.of("datasets/control/validation.jsonl"));
    items = new ArrayList<>();
    for (int i = 0; i < expected.get("items").size(); i++) {
      items.add(rows.get(i).answered(expected.get("items").get(i).get("gold").asInt()));
    }
    tokenizer = Architecture.read(MODEL).openTokenizer(MODEL);
    model = CausalLM.load(MODEL);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
    model.close();
  }

  @Test
  void likelihoods_and_scores_are_those_of_the_harness() {
    ExampleTokenizer examples =
        new ExampleTokenizer(tokenizer, TestData.prompt("harness"), answers, 256);
    List<TokenizedExample> asked = examples.ask(items);
    assertThat(Arrays.stream(asked.get(0).choices()).map(choice -> choice.length).toList())
        .isEqualTo(ints(expected.get("tokens")))
        .as("answers of one and of several tokens")
        .contains(1)
        .anyMatch(tokens -> tokens > 2);
    AnswerScorer scorer = new AnswerScorer(model, Seams.none(), tokenizer, answers);
    List<Prediction> predictions = scorer.answer(items, asked, 4, 7, done -> {});
    for (int i = 0; i < items.size(); i++) {
      requireNear(predictions.get(i).logProbs(), expected.get("items").get(i).get("log_probs"));
    }
    List<Double> alone = scorer.alone(examples.alone());
    requireNear(alone, expected.get("alone"));
    LikelihoodScores scores =
        Scores.of(predictions, LikelihoodPrior.NONE, LikelihoodPrior.alone(alone)).likelihood();
    JsonNode harness = expected.get("scores");
    assertThat(scores.accuracy()).isEqualTo(harness.get("acc").asDouble());
    assertThat(scores.byLengthAccuracy()).isEqualTo(harness.get("acc_norm").asDouble());
    assertThat(scores.informationAccuracy()).isEqualTo(harness.get("acc_mutual_info").asDouble());
    assertThat(List.of(harness.get("acc"), harness.get("acc_norm"), harness.get("acc_mutual_info")))
        .as("each score differs, so that none can be another by mistake")
        .doesNotHaveDuplicates();
  }

  private static List<Integer> ints(JsonNode numbers) {
    List<Integer> ints = new ArrayList<>();
    numbers.forEach(number -> ints.add(number.asInt()));
    return ints;
  }

  /** Each token's log-probability is near; those of several tokens are sums. */
  private static void requireNear(List<Double> ours, JsonNode theirs) {
    List<Integer> tokens = ints(expected.get("tokens"));
    assertThat(ours).hasSize(theirs.size());
    for (int i = 0; i < ours.size(); i++) {
      assertThat(ours.get(i)).isCloseTo(theirs.get(i).asDouble(), within(1e-5 * tokens.get(i)));
    }
  }
}
