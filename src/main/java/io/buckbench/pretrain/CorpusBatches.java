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
 * The corpus in batches. Every token that follows from the text before it has a label; of the
 * others, a random share does, so that most of the loss is computed where there is something to
 * learn.
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
    List<long[]> ids = new ArrayList<>();
    List<long[]> labels = new ArrayList<>();
    for (CorpusText text : texts) {
      List<Long> tokens = new ArrayList<>(List.of(tokenizer.endId()));
      List<Long> wanted = new ArrayList<>(List.of(TokenBatch.IGNORED));
      for (CorpusText.Piece piece : text.pieces()) {
        for (long id : encoded(piece.text())) {
          boolean labelled = piece.answer() || random.nextDouble() < options.backgroundShare();
          tokens.add(id);
          wanted.add(labelled ? id : TokenBatch.IGNORED);
        }
      }
      ids.add(tokens.stream().mapToLong(Long::longValue).toArray());
      labels.add(wanted.stream().mapToLong(Long::longValue).toArray());
    }
    int width = ids.stream().mapToInt(row -> row.length).max().orElseThrow();
    TokenBatch batch = TokenBatch.padding(texts.size(), width, tokenizer.padId());
    for (int row = 0; row < texts.size(); row++) {
      int length = ids.get(row).length;
      System.arraycopy(ids.get(row), 0, batch.inputIds()[row], 0, length);
      System.arraycopy(labels.get(row), 0, batch.labels()[row], 0, length);
      Arrays.fill(batch.attentionMask()[row], 0, length, 1);
    }
    return List.of(batch);
  }

  /** Caches the ids of pieces, since the corpus repeats most of them. */
  private long[] encoded(String piece) {
    if (pieces.size() > 200_000) {
      pieces.clear();
    }
    return pieces.computeIfAbsent(piece, tokenizer::encodeContinuation);
  }
}
