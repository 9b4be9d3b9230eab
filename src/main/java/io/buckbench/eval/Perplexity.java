package io.buckbench.eval;

import ai.djl.ndarray.NDManager;
import io.buckbench.data.TokenBatch;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.model.TokenLoss;
import io.buckbench.tensor.Torch;
import java.util.Arrays;
import java.util.List;

/** The perplexity of a model on texts: the exponential of the mean cross entropy of a token. */
public final class Perplexity {
  private static final int MOST_TEXTS = 16;

  /** Logits of every token are kept at a time, 16 MiB of them unless a single text has more. */
  private static final long MOST_LOGITS = 1 << 22;

  private Perplexity() {}

  /**
   * Computes the perplexity over all tokens of all texts, except for the first token of each.
   *
   * @param seams where an adapter is inserted; {@link Seams#none} for the base model
   * @param texts token ids, at least two for each text
   * @param padId the token that pads shorter texts
   * @return infinite if a token is impossible; NaN without texts, or if a logit is not a number
   */
  public static double of(CausalLM model, Seams seams, List<long[]> texts, long padId) {
    double sum = 0;
    long tokens = 0;
    int size = batchSize(model, texts);
    for (int from = 0; from < texts.size(); from += size) {
      TokenBatch batch = batch(texts.subList(from, Math.min(texts.size(), from + size)), padId);
      try (NDManager manager = Torch.newManager()) {
        TokenLoss loss = model.loss(manager, batch, seams, false);
        sum += loss.mean() * loss.count();
        tokens += loss.count();
      }
    }
    return tokens == 0 ? Double.NaN : Math.exp(sum / tokens);
  }

  private static int batchSize(CausalLM model, List<long[]> texts) {
    long longest = texts.stream().mapToLong(ids -> ids.length).max().orElse(1);
    long logits = longest * model.architecture().shape().vocabulary();
    return (int) Math.max(1, Math.min(MOST_TEXTS, MOST_LOGITS / logits));
  }

  /** Texts padded on the right; every token but the first of each is labelled. */
  static TokenBatch batch(List<long[]> texts, long padId) {
    int width = texts.stream().mapToInt(ids -> ids.length).max().orElseThrow();
    TokenBatch batch = TokenBatch.padding(texts.size(), width, padId);
    for (int row = 0; row < texts.size(); row++) {
      long[] ids = texts.get(row);
      System.arraycopy(ids, 0, batch.inputIds()[row], 0, ids.length);
      System.arraycopy(ids, 1, batch.labels()[row], 1, ids.length - 1);
      Arrays.fill(batch.attentionMask()[row], 0, ids.length, 1);
    }
    return batch;
  }
}
