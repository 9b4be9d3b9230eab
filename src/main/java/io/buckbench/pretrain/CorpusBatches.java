package io.buckbench.pretrain;

import io.buckbench.data.TokenBatch;
import io.buckbench.data.Tokenizer;
import io.buckbench.data.control.ControlCorpus;
import io.buckbench.data.control.CorpusText;
import io.buckbench.train.StepBatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The corpus as batches: every token that can be looked up in the text before it carries a label,
 * of the others a share drawn by the seed, so that most of the head's work is spent where there is
 * something to learn.
 */
final class CorpusBatches implements StepBatches {
  private final ControlCorpus corpus;
  private final Tokenizer tokenizer;
  private final PretrainOptions options;
  private final Map<String, long[]> pieces = new HashMap<>();

  CorpusBatches(ControlCorpus corpus, Tokenizer tokenizer, PretrainOptions options) {
    this.corpus = corpus;
    this.tokenizer = tokenizer;
    this.options = options;
  }

  @Override
  public List<TokenBatch> of(int step) {
    List<CorpusText> texts = corpus.batch(step - 1, options.batchSize());
    SplittableRandom random = new SplittableRandom(options.seed() * 1_000_003L + step);
    long[][] ids = new long[texts.size()][];
    long[][] labels = new long[texts.size()][];
    int longest = 0;
    for (int row = 0; row < texts.size(); row++) {
      List<Long> tokens = new ArrayList<>(List.of(tokenizer.endId()));
      List<Long> wanted = new ArrayList<>(List.of(TokenBatch.IGNORED));
      for (CorpusText.Piece piece : texts.get(row).pieces()) {
        for (long id : encoded(piece.text())) {
          boolean labelled = piece.answer() || random.nextDouble() < options.backgroundShare();
          tokens.add(id);
          wanted.add(labelled ? id : TokenBatch.IGNORED);
        }
      }
      ids[row] = tokens.stream().mapToLong(Long::longValue).toArray();
      labels[row] = wanted.stream().mapToLong(Long::longValue).toArray();
      longest = Math.max(longest, ids[row].length);
    }
    return List.of(padded(ids, labels, longest));
  }

  private TokenBatch padded(long[][] ids, long[][] labels, int width) {
    long[][] mask = new long[ids.length][width];
    for (int row = 0; row < ids.length; row++) {
      int length = ids[row].length;
      Arrays.fill(mask[row], 0, length, 1);
      ids[row] = Arrays.copyOf(ids[row], width);
      Arrays.fill(ids[row], length, width, tokenizer.padId());
      labels[row] = Arrays.copyOf(labels[row], width);
      Arrays.fill(labels[row], length, width, TokenBatch.IGNORED);
    }
    return new TokenBatch(ids, mask, labels);
  }

  /** The corpus repeats its lines; most pieces are encoded once. */
  private long[] encoded(String piece) {
    if (pieces.size() > 200_000) {
      pieces.clear();
    }
    return pieces.computeIfAbsent(piece, tokenizer::encodeContinuation);
  }
}
