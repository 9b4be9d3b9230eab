package io.buckbench.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * An endless sequence of training batches. Each epoch takes every example once, in a new order that
 * depends on the seed only. Batches are accessed by step, so that a training can resume anywhere.
 */
public final class Batches {
  private final List<TokenizedExample> examples;
  private final BatchOptions options;
  private final long padId;
  private final SplittableRandom epochs;
  private long epoch = -1;
  private List<int[]> order = List.of();

  /**
   * Creates the batches.
   *
   * @param examples at least one
   */
  public Batches(List<TokenizedExample> examples, BatchOptions options, long padId) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("there are no examples, must be at least one");
    }
    this.examples = List.copyOf(examples);
    this.options = options;
    this.padId = padId;
    this.epochs = new SplittableRandom(options.seed());
  }

  /** The number of steps in an epoch. */
  public int perEpoch() {
    return (examples.size() + options.batchSize() - 1) / options.batchSize();
  }

  /**
   * The batch of a step, from 0.
   *
   * @throws IllegalArgumentException if an earlier call asked for a later epoch
   */
  public TokenBatch at(long step) {
    return batch(rows(step));
  }

  /**
   * The rows of some batches together, arranged anew so that each micro-batch has a similar number
   * of tokens: sorted by length, and packed from the longest. A sum over all micro-batches is that
   * over the batches, up to rounding.
   *
   * @param step first batch, from 0
   * @param batches number of batches
   * @param mostTokens largest number of tokens of a micro-batch, padding and extra tokens included;
   *     a longer row is alone
   * @param extra tokens that the model adds to each row
   * @throws IllegalArgumentException as {@link #at}
   */
  public List<TokenBatch> packed(long step, int batches, int mostTokens, int extra) {
    int[] rows = {};
    for (int i = 0; i < batches; i++) {
      int[] more = rows(step + i);
      rows = Arrays.copyOf(rows, rows.length + more.length);
      System.arraycopy(more, 0, rows, rows.length - more.length, more.length);
    }
    int[] sorted = longestFirst(rows, row -> examples.get(row).length());
    List<TokenBatch> packed = new ArrayList<>();
    for (int from = 0; from < sorted.length; ) {
      int longest = examples.get(sorted[from]).length() + extra;
      int to = Math.min(sorted.length, from + Math.max(1, mostTokens / longest));
      packed.add(batch(Arrays.copyOfRange(sorted, from, to)));
      from = to;
    }
    return packed;
  }

  private TokenBatch batch(int[] rows) {
    return training(
        Arrays.stream(rows).mapToObj(examples::get).toList(),
        options.padding(),
        options.labels(),
        padId);
  }

  /** The examples of a batch, by index. */
  private int[] rows(long step) {
    long wanted = step / perEpoch();
    if (step < 0 || wanted < epoch) {
      throw new IllegalArgumentException("step " + step + " is before epoch " + epoch);
    }
    while (epoch < wanted) {
      SplittableRandom random = epochs.split();
      epoch++;
      if (epoch == wanted) {
        order = order(random);
      }
    }
    return order.get((int) (step % perEpoch()));
  }

  private List<int[]> order(SplittableRandom random) {
    int[] rows = IntStream.range(0, examples.size()).toArray();
    shuffle(rows, random);
    if (options.bucketBatches() == 1) {
      return chunks(rows, options.batchSize());
    }
    List<int[]> batches = new ArrayList<>();
    for (int[] bucket :
        chunks(rows, Math.multiplyExact(options.batchSize(), options.bucketBatches()))) {
      int[] sorted = longestFirst(bucket, row -> examples.get(row).length());
      // The batches of a bucket are shuffled, since each bucket would otherwise begin with the
      // longest.
      List<int[]> ordered = chunks(sorted, options.batchSize());
      int[] places = IntStream.range(0, ordered.size()).toArray();
      shuffle(places, random);
      Arrays.stream(places).mapToObj(ordered::get).forEach(batches::add);
    }
    return batches;
  }

  private static int[] longestFirst(int[] rows, IntUnaryOperator length) {
    return Arrays.stream(rows)
        .boxed()
        .sorted(Comparator.comparingInt(row -> -length.applyAsInt(row)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static List<int[]> chunks(int[] rows, int size) {
    List<int[]> chunks = new ArrayList<>();
    for (int from = 0; from < rows.length; from += size) {
      chunks.add(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + size)));
    }
    return chunks;
  }

  private static void shuffle(int[] values, SplittableRandom random) {
    for (int last = values.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int held = values[last];
      values[last] = values[other];
      values[other] = held;
    }
  }

  /** One batch of prompts with their answers, padded to the longest. */
  public static TokenBatch training(
      List<TokenizedExample> examples, Side padding, BatchOptions.Labels labels, long padId) {
    int tokens = examples.stream().mapToInt(TokenizedExample::length).max().orElseThrow();
    TokenBatch batch = TokenBatch.padding(examples.size(), tokens, padId);
    for (int row = 0; row < examples.size(); row++) {
      TokenizedExample example = examples.get(row);
      int at = padding == Side.LEFT ? tokens - example.length() : 0;
      int answerAt = at + example.promptIds().length;
      put(batch, row, at, example.promptIds());
      put(batch, row, answerAt, example.answerIds());
      int from = labels == BatchOptions.Labels.ANSWER ? answerAt : at + 1;
      int to = at + example.length();
      System.arraycopy(batch.inputIds()[row], from, batch.labels()[row], from, to - from);
    }
    return batch;
  }

  /**
   * Batches of prompts to be continued, without labels. They are padded on the left, so that all
   * end at the same position, and sorted from longest to shortest, which saves padding; {@link
   * PromptBatch#rows} maps them to their examples.
   */
  public static List<PromptBatch> prompts(
      List<TokenizedExample> examples, int batchSize, long padId) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize is " + batchSize + ", must be positive");
    }
    int[] all = IntStream.range(0, examples.size()).toArray();
    List<PromptBatch> batches = new ArrayList<>();
    for (int[] rows :
        chunks(longestFirst(all, row -> examples.get(row).promptIds().length), batchSize)) {
      int tokens = examples.get(rows[0]).promptIds().length;
      TokenBatch batch = TokenBatch.padding(rows.length, tokens, padId);
      for (int row = 0; row < rows.length; row++) {
        long[] ids = examples.get(rows[row]).promptIds();
        put(batch, row, tokens - ids.length, ids);
      }
      batches.add(new PromptBatch(rows, batch));
    }
    return List.copyOf(batches);
  }

  private static void put(TokenBatch batch, int row, int at, long[] ids) {
    System.arraycopy(ids, 0, batch.inputIds()[row], at, ids.length);
    Arrays.fill(batch.attentionMask()[row], at, at + ids.length, 1);
  }
}
