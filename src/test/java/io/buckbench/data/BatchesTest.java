package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.data.BatchOptions.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {
  private static final long PAD = 1;
  private static final TokenizedExample SHORT =
      new TokenizedExample("a", new long[] {2, 10}, new long[] {20, 2}, 0);
  private static final TokenizedExample LONG =
      new TokenizedExample("b", new long[] {2, 11, 12, 13}, new long[] {21, 2}, 0);

  /** Examples of 3 to 9 tokens; the second token is 100 plus the index of the example. */
  private static List<TokenizedExample> numbered(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new TokenizedExample(
                    "" + i,
                    LongStream.concat(LongStream.of(2, 100 + i), LongStream.range(0, i % 7))
                        .toArray(),
                    new long[] {2},
                    0))
        .toList();
  }

  private static List<Long> numbers(TokenBatch batch) {
    return Arrays.stream(batch.inputIds()).map(row -> row[1]).toList();
  }

  private static List<Long> epoch(Batches batches, long epoch) {
    List<Long> all = new ArrayList<>();
    for (long step = 0; step < batches.perEpoch(); step++) {
      all.addAll(numbers(batches.at(epoch * batches.perEpoch() + step)));
    }
    return all;
  }

  @Test
  void packed_micro_batches_contain_the_rows_of_a_step_and_few_enough_tokens() {
    BatchOptions options = new BatchOptions(4, 3, Side.RIGHT, Labels.ANSWER, 2);
    Batches rowwise = new Batches(numbered(23), options, PAD);
    Batches packed = new Batches(numbered(23), options, PAD);
    int accumulation = 3;
    int most = 24;
    int extra = 1;
    for (int step = 0; step < 5; step++) {
      List<Long> rows = new ArrayList<>();
      for (int i = 0; i < accumulation; i++) {
        rows.addAll(numbers(rowwise.at((long) step * accumulation + i)));
      }
      List<TokenBatch> batches =
          packed.packed((long) step * accumulation, accumulation, most, extra);
      assertThat(batches.stream().flatMap(batch -> numbers(batch).stream()))
          .containsExactlyInAnyOrderElementsOf(rows);
      assertThat(batches)
          .allMatch(batch -> batch.size() * (batch.tokens() + extra) <= most)
          .hasSizeLessThan(rows.size());
      assertThat(batches.stream().map(TokenBatch::tokens).toList())
          .as("longest first")
          .isSortedAccordingTo(Comparator.reverseOrder());
    }
  }

  @Test
  void a_row_that_is_longer_than_a_micro_batch_is_alone() {
    Batches batches = new Batches(List.of(SHORT, LONG, SHORT), BatchOptions.of(3, 1), PAD);
    List<TokenBatch> packed = batches.packed(0, 1, 5, 0);
    assertThat(packed.stream().map(TokenBatch::size)).containsExactly(1, 1, 1);
    assertThat(packed.get(0).tokens()).isEqualTo(LONG.length());
    assertThat(batches.packed(1, 1, 8, 0).stream().map(TokenBatch::size)).containsExactly(1, 2);
  }

  @Test
  void padding_on_the_right_follows_prompt_and_answer() {
    TokenBatch batch = Batches.training(List.of(SHORT, LONG), Side.RIGHT, Labels.ANSWER, PAD);
    assertThat(batch.inputIds())
        .isDeepEqualTo(new long[][] {{2, 10, 20, 2, 1, 1}, {2, 11, 12, 13, 21, 2}});
    assertThat(batch.attentionMask())
        .isDeepEqualTo(new long[][] {{1, 1, 1, 1, 0, 0}, {1, 1, 1, 1, 1, 1}});
    assertThat(batch.labels())
        .isDeepEqualTo(
            new long[][] {{-100, -100, 20, 2, -100, -100}, {-100, -100, -100, -100, 21, 2}});
  }

  @Test
  void padding_on_the_left_ends_all_rows_at_the_same_position() {
    TokenBatch batch = Batches.training(List.of(SHORT, LONG), Side.LEFT, Labels.ANSWER, PAD);
    assertThat(batch.inputIds()[0]).containsExactly(1, 1, 2, 10, 20, 2);
    assertThat(batch.attentionMask()[0]).containsExactly(0, 0, 1, 1, 1, 1);
    assertThat(batch.labels()[0]).containsExactly(-100, -100, -100, -100, 20, 2);
  }

  @Test
  void sequence_labels_leave_out_the_first_token_and_the_padding() {
    TokenBatch left = Batches.training(List.of(SHORT, LONG), Side.LEFT, Labels.SEQUENCE, PAD);
    assertThat(left.labels()[0]).containsExactly(-100, -100, -100, 10, 20, 2);
    TokenBatch right = Batches.training(List.of(SHORT, LONG), Side.RIGHT, Labels.SEQUENCE, PAD);
    assertThat(right.labels()[0]).containsExactly(-100, 10, 20, 2, -100, -100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void each_epoch_takes_every_example_once_in_a_new_order(int bucketBatches) {
    List<TokenizedExample> examples = numbered(50);
    BatchOptions options = new BatchOptions(4, 7, Side.RIGHT, Labels.ANSWER, bucketBatches);
    Batches batches = new Batches(examples, options, PAD);
    assertThat(batches.perEpoch()).isEqualTo(13);
    List<Long> all = LongStream.range(100, 150).boxed().toList();
    List<Long> first = epoch(batches, 0);
    List<Long> second = epoch(batches, 1);
    assertThat(first).isNotEqualTo(all).containsExactlyInAnyOrderElementsOf(all);
    assertThat(second).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(all);
    assertThat(epoch(new Batches(examples, options, PAD), 0)).isEqualTo(first);
    assertThat(epoch(new Batches(examples, options, PAD), 1))
        .as("resumed at the second epoch")
        .isEqualTo(second);
    BatchOptions other = new BatchOptions(4, 8, Side.RIGHT, Labels.ANSWER, bucketBatches);
    assertThat(epoch(new Batches(examples, other, PAD), 0)).isNotEqualTo(first);
  }

  @Test
  void buckets_save_padding() {
    List<TokenizedExample> examples = numbered(280);
    long random = tokens(new Batches(examples, BatchOptions.of(4, 7), PAD));
    BatchOptions bucketed = new BatchOptions(4, 7, Side.RIGHT, Labels.ANSWER, 10);
    long real = examples.stream().mapToLong(TokenizedExample::length).sum();
    assertThat(tokens(new Batches(examples, bucketed, PAD)))
        .isLessThan(random)
        .isCloseTo(real, org.assertj.core.data.Percentage.withPercentage(10));
  }

  private static long tokens(Batches batches) {
    return LongStream.range(0, batches.perEpoch())
        .mapToObj(batches::at)
        .mapToLong(b -> (long) b.size() * b.tokens())
        .sum();
  }

  @Test
  void an_earlier_epoch_is_refused() {
    Batches batches = new Batches(numbered(4), BatchOptions.of(2, 7), PAD);
    batches.at(2);
    assertThatThrownBy(() -> batches.at(1)).hasMessage("step 1 is before epoch 1");
  }

  @Test
  void prompts_are_sorted_from_longest_to_shortest_and_mapped_to_their_examples() {
    List<PromptBatch> batches = Batches.prompts(List.of(SHORT, LONG, SHORT), 2, PAD);
    assertThat(batches).hasSize(2);
    assertThat(batches.get(0).rows()).containsExactly(1, 0);
    assertThat(batches.get(0).tokens().inputIds())
        .isDeepEqualTo(new long[][] {{2, 11, 12, 13}, {1, 1, 2, 10}});
    assertThat(batches.get(0).tokens().attentionMask())
        .isDeepEqualTo(new long[][] {{1, 1, 1, 1}, {0, 0, 1, 1}});
    assertThat(batches.get(0).tokens().labels()[0]).containsOnly(TokenBatch.IGNORED);
    assertThat(batches.get(1).rows()).containsExactly(2);
    assertThat(batches.get(1).tokens().tokens()).isEqualTo(2);
  }

  @Test
  void counts_below_one_and_an_empty_list_of_examples_are_refused() {
    assertThatThrownBy(() -> BatchOptions.of(0, 7)).hasMessageContaining("batchSize is 0");
    assertThatThrownBy(() -> new BatchOptions(1, 7, Side.LEFT, Labels.ANSWER, 0))
        .hasMessageContaining("bucketBatches is 0");
    assertThatThrownBy(() -> Batches.prompts(List.of(), 0, PAD)).hasMessageContaining("batchSize");
    assertThatThrownBy(() -> new Batches(List.of(), BatchOptions.of(1, 7), PAD))
        .hasMessageContaining("no examples");
  }
}
