package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.input.InvalidInputException;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.Arrays;

/**
 * Greedy generation as Transformers' {@code generate(do_sample=False)}. The first pass computes the
 * prompts and sends only their last positions through the head. Each later pass computes one token
 * from cached keys and values. Rows that reached the end token get pad ids; generation ends when
 * all rows reached it.
 */
@SuppressWarnings("try") // scopes and modes are used only for their close()
final class GreedyDecoding {
  private final Shape shape;
  private final Decoder decoder;
  private final Seams seams;
  private final int prefix;
  private final int virtual;

  GreedyDecoding(Shape shape, Decoder decoder, Seams seams) {
    this.shape = shape;
    this.decoder = decoder;
    this.seams = seams;
    this.prefix = seams.prefix().map(KeyValuePrefix::count).orElse(0);
    this.virtual = seams.virtualTokens().map(VirtualTokens::count).orElse(0);
  }

  Generation generate(long[][] ids, long[][] mask, int maxNewTokens, long endToken, long[] scored) {
    requireLeftPadded(mask);
    int batch = ids.length;
    long[][] written = new long[batch][maxNewTokens];
    boolean[] finished = new boolean[batch];
    float[][] firstLogProbs = new float[batch][];
    boolean[] nonFinite = new boolean[batch];
    int count = 0;
    // For at most one new token there is only one pass, which needs no cache.
    try (GradMode off = GradMode.off();
        KeyValueCache cache = maxNewTokens > 1 ? new KeyValueCache(shape.layers()) : null) {
      long[][] fresh = ids;
      long[][] seen = mask;
      while (true) {
        long[] best = new long[batch];
        boolean[] bad =
            next(fresh, seen, cache, best, count == 0 ? scored : new long[0], firstLogProbs);
        for (int row = 0; row < batch; row++) {
          nonFinite[row] |= bad[row] && !finished[row];
        }
        if (count == maxNewTokens) {
          break;
        }
        fresh = new long[batch][1];
        for (int row = 0; row < batch; row++) {
          long token = finished[row] ? shape.padId() : best[row];
          written[row][count] = token;
          fresh[row][0] = token;
          finished[row] |= token == endToken;
        }
        count++;
        if (count == maxNewTokens || all(finished)) {
          break;
        }
        seen = lengthened(seen);
      }
    }
    for (int row = 0; row < batch; row++) {
      written[row] = Arrays.copyOf(written[row], count);
    }
    return new Generation(written, firstLogProbs, nonFinite);
  }

  /**
   * Finds the most likely next token of each row, and the log-probabilities of scored tokens.
   *
   * @return for each row whether a logit is not finite
   */
  private boolean[] next(
      long[][] ids,
      long[][] mask,
      KeyValueCache cache,
      long[] best,
      long[] scored,
      float[][] logProbs) {
    try (NDManager step = Torch.newManager();
        Scope handles = new Scope()) {
      DecoderInput input = DecoderInput.of(step, ids, mask, prefix, virtual, shape.positions());
      NeededRows last = input.tokens() == 1 ? null : lastRows(step, input);
      NDArray hidden = decoder.forward(step, input, last, cache, seams, false);
      NDArray logits = decoder.logits(hidden);
      System.arraycopy(Tensors.longs(Ops.argMax(logits)), 0, best, 0, best.length);
      if (scored.length > 0) {
        float[] values = score(step, logits, scored, best.length);
        for (int row = 0; row < best.length; row++) {
          logProbs[row] =
              Arrays.copyOfRange(values, row * scored.length, (row + 1) * scored.length);
        }
      } else if (logProbs[0] == null) {
        Arrays.fill(logProbs, new float[0]);
      }
      return nonFinite(logits, best.length);
    }
  }

  private static boolean[] nonFinite(NDArray logits, int batch) {
    boolean[] rows = new boolean[batch];
    if (Tensors.nonFinite(logits) > 0) {
      for (int row = 0; row < batch; row++) {
        rows[row] = Tensors.nonFinite(Ops.slice(logits, 0, row, row + 1)) > 0;
      }
    }
    return rows;
  }

  private static float[] score(NDManager step, NDArray logits, long[] scored, int batch) {
    long[] index = new long[batch * scored.length];
    for (int i = 0; i < index.length; i++) {
      index[i] = scored[i % scored.length];
    }
    NDArray wanted = Tensors.of(step, index, batch, scored.length);
    return Tensors.floats(Ops.gather(Ops.logSoftmax(logits), wanted, 1));
  }

  private static NeededRows lastRows(NDManager step, DecoderInput input) {
    int[][] columns = new int[input.batch()][];
    Arrays.fill(columns, new int[] {input.tokens() - 1});
    return NeededRows.of(step, columns, input.tokens());
  }

  private static void requireLeftPadded(long[][] mask) {
    for (int row = 0; row < mask.length; row++) {
      if (mask[row][mask[row].length - 1] == 0) {
        throw new InvalidInputException(
            "prompt " + row + " of a batch",
            "padding after its last token",
            "padding before the first token",
            "pad prompts on the left to generate");
      }
    }
  }

  private static long[][] lengthened(long[][] mask) {
    long[][] longer = new long[mask.length][];
    for (int row = 0; row < mask.length; row++) {
      longer[row] = Arrays.copyOf(mask[row], mask[row].length + 1);
      longer[row][mask[row].length] = 1;
    }
    return longer;
  }

  private static boolean all(boolean[] flags) {
    for (boolean flag : flags) {
      if (!flag) {
        return false;
      }
    }
    return true;
  }
}
