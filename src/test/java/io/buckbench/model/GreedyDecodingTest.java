package io.buckbench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.buckbench.data.TokenBatch;
import io.buckbench.input.InvalidInputException;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The path with a cache and only the last rows must give the results of whole forward passes. */
class GreedyDecodingTest {
  private static final long NEVER = -1;
  private NDManager step;

  @BeforeEach
  void open() {
    step = Torch.newManager();
  }

  @AfterEach
  void close() {
    step.close();
  }

  static Stream<Arguments> shapes_and_seams() {
    return Stream.of(true, false)
        .flatMap(
            before ->
                Stream.of("none", "virtual", "prefix").map(name -> Arguments.of(before, name)));
  }

  @ParameterizedTest
  @MethodSource("shapes_and_seams")
  void cached_tokens_and_scores_equal_those_of_whole_passes(boolean before, String name) {
    Architecture config = CausalLMTest.config(before);
    try (CausalLM model = CausalLM.random(config, 7)) {
      Seams seams = seams(name, config);
      TokenBatch prompts = CausalLMTest.batch(new int[] {9, 4, 6}, 3, true).tokens();
      Generation ours =
          model.generate(prompts.inputIds(), prompts.attentionMask(), 5, NEVER, seams, 4, 40);
      long[][] ids = prompts.inputIds();
      long[][] mask = prompts.attentionMask();
      for (int t = 0; t < 5; t++) {
        float[][] last = lastLogProbs(model, ids, mask, seams);
        for (int row = 0; row < 3; row++) {
          if (t == 0) {
            assertThat(ours.firstLogProbs()[row][0]).isCloseTo(last[row][4], within(1e-4f));
            assertThat(ours.firstLogProbs()[row][1]).isCloseTo(last[row][40], within(1e-4f));
          }
          int token = (int) ours.newTokens()[row][t];
          for (float other : last[row]) {
            assertThat(last[row][token]).isGreaterThan(other - 1e-4f);
          }
          ids[row] = append(ids[row], token);
          mask[row] = append(mask[row], 1);
        }
      }
    }
  }

  @Test
  void zero_new_tokens_still_give_scores() {
    try (CausalLM model = CausalLM.random(CausalLMTest.config(true), 7)) {
      TokenBatch prompts = CausalLMTest.batch(new int[] {9, 4}, 3, true).tokens();
      Generation ours =
          model.generate(prompts.inputIds(), prompts.attentionMask(), 0, Seams.none(), 4);
      float[][] last =
          lastLogProbs(model, prompts.inputIds(), prompts.attentionMask(), Seams.none());
      assertThat(ours.newTokens()).isDeepEqualTo(new long[2][0]);
      assertThat(ours.firstLogProbs()[1][0]).isCloseTo(last[1][4], within(1e-4f));
    }
  }

  @Test
  void a_row_is_marked_if_any_of_its_tokens_comes_from_non_finite_logits() {
    Architecture config = CausalLMTest.config(true);
    TokenBatch prompts = CausalLMTest.batch(new int[] {9, 4}, 3, true).tokens();
    try (CausalLM model = CausalLM.random(config, 7)) {
      assertThat(nonFinite(model, prompts, 3)).containsExactly(false, false);
      NDArray positions = model.weight("model.decoder.embed_positions.weight");
      float[] values = Tensors.floats(positions);
      // The position of the longer prompt's first new token; OPT's table starts at row 2.
      values[(9 + 2) * config.shape().hidden()] = Float.NaN;
      Tensors.copyInto(positions, Tensors.of(step, values, Tensors.shape(positions)));
      assertThat(nonFinite(model, prompts, 1)).containsExactly(false, false);
      assertThat(nonFinite(model, prompts, 3)).containsExactly(true, false);
    }
  }

  private static boolean[] nonFinite(CausalLM model, TokenBatch prompts, int newTokens) {
    return model
        .generate(prompts.inputIds(), prompts.attentionMask(), newTokens, NEVER, Seams.none(), 4)
        .nonFinite();
  }

  @Test
  void no_array_outlives_a_generation() {
    try (CausalLM model = CausalLM.random(CausalLMTest.config(true), 7)) {
      TokenBatch prompts = CausalLMTest.batch(new int[] {9, 4}, 3, true).tokens();
      model.generate(prompts.inputIds(), prompts.attentionMask(), 4, NEVER, Seams.none(), 4);
      int before = Torch.liveArrays();
      model.generate(prompts.inputIds(), prompts.attentionMask(), 4, NEVER, Seams.none(), 4);
      assertThat(Torch.liveArrays()).isEqualTo(before);
    }
  }

  @Test
  void prompts_padded_on_the_right_are_refused() {
    try (CausalLM model = CausalLM.random(CausalLMTest.config(true), 7)) {
      TokenBatch prompts = CausalLMTest.batch(new int[] {9, 4}, 3, false).tokens();
      assertThatThrownBy(
              () -> model.generate(prompts.inputIds(), prompts.attentionMask(), 4, Seams.none()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("prompt 1 of a batch")
          .hasMessageContaining("pad prompts on the left");
    }
  }

  private float[][] lastLogProbs(CausalLM model, long[][] ids, long[][] mask, Seams seams) {
    NDArray logits = model.logits(step, new TokenBatch(ids, mask, ids), seams);
    int vocabulary = 50;
    float[] all = Tensors.floats(Ops.logSoftmax(logits));
    int tokens = all.length / vocabulary / ids.length;
    float[][] last = new float[ids.length][];
    for (int row = 0; row < ids.length; row++) {
      int end = (row + 1) * tokens * vocabulary;
      last[row] = Arrays.copyOfRange(all, end - vocabulary, end);
    }
    return last;
  }

  private static long[] append(long[] row, long value) {
    long[] longer = Arrays.copyOf(row, row.length + 1);
    longer[row.length] = value;
    return longer;
  }

  private Seams seams(String name, Architecture config) {
    SplittableRandom random = new SplittableRandom(2);
    int width = config.shape().embedding();
    NDArray rows = Init.normal(step, random, 0, 1, 3, width);
    NDArray pair =
        Init.normal(step, random, 0, 1, 1, config.shape().heads(), 3, config.shape().headSize());
    return switch (name) {
      case "virtual" -> virtual(rows);
      case "prefix" -> prefix(pair, config.shape().layers());
      default -> Seams.none();
    };
  }

  private static Seams virtual(NDArray rows) {
    return new Seams() {
      @Override
      public Optional<VirtualTokens> virtualTokens() {
        return Optional.of(
            new VirtualTokens() {
              @Override
              public int count() {
                return 3;
              }

              @Override
              public NDArray embeddings(boolean training) {
                return rows;
              }
            });
      }
    };
  }

  private static Seams prefix(NDArray pair, int layers) {
    return new Seams() {
      @Override
      public Optional<KeyValuePrefix> prefix() {
        return Optional.of(
            new KeyValuePrefix() {
              @Override
              public int count() {
                return 3;
              }

              @Override
              public List<KeyValue> layers(DataType type, boolean training) {
                return java.util.Collections.nCopies(layers, new KeyValue(pair, pair));
              }
            });
      }
    };
  }
}
