package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.input.InvalidInputException;
import io.buckbench.tensor.GradMode;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import io.buckbench.tensor.Upload;
import java.util.Arrays;
import java.util.Set;

/**
 * Greedy generation as Transformers' {@code generate(do_sample=False)}. The first pass computes the
 * prompts and sends only their last positions through the head. Each later pass computes one token
 * from cached keys and values. Rows that reached the end token get pad ids; generation ends when
 * all rows reached it.
 */
@SuppressWarnings("try") // scopes and modes are used only for their close()
final class GreedyDecoding {
  private final Architecture architecture;
  private final Decoder decoder;
  private final Seams seams;
  private final Precision precision;

  GreedyDecoding(Architecture architecture, Decoder decoder, Seams seams, Precision precision) {
    this.architecture = architecture;
    this.precision = precision;
    this.decoder = decoder;
    this.seams = seams;
  }

  Generation generate(
      long[][] ids, long[][] mask, int maxNewTokens, Set<Long> endTokens, long[][] scored) {
    requireLeftPadded(mask);
    int batch = ids.length;
    long[][] written = new long[batch][maxNewTokens];
    boolean[] finished = new boolean[batch];
    float[][] firstLogProbs = new float[batch][];
    boolean[] nonFinite = new boolean[batch];
    int count = 0;
    // For at most one new token there is only one pass, which needs no cache.
    try (GradMode off = GradMode.off();
        KeyValueCache cache =
            maxNewTokens > 1
                ? new KeyValueCache(architecture.shape().layers(), maxNewTokens - 1)
                : null) {
      long[][] fresh = ids;
      long[][] seen = mask;
      while (true) {
        long[] best = new long[batch];
        boolean[] bad =
            next(fresh, seen, cache, best, count == 0 ? scored : new long[0][], firstLogProbs);
        for (int row = 0; row < batch; row++) {
          nonFinite[row] |= bad[row] && !finished[row];
        }
        if (count == maxNewTokens) {
          break;
        }
        fresh = new long[batch][1];
        for (int row = 0; row < batch; row++) {
          long token = finished[row] ? architecture.shape().padId() : best[row];
          written[row][count] = token;
          fresh[row][0] = token;
          finished[row] |= endTokens.contains(token);
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
      long[][] scored,
      float[][] logProbs) {
    try (NDManager step = Torch.newManager();
        Scope handles = new Scope()) {
      int batch = ids.length;
      Upload upload = new Upload();
      DecoderInput input = DecoderInput.of(step, upload, ids, mask, seams, architecture, precision);
      NeededRows last = input.tokens() == 1 ? null : lastRows(upload, input);
      long[] flat = Arrays.stream(scored).flatMapToLong(Arrays::stream).toArray();
      Upload.Part wanted = flat.length == 0 ? null : upload.add(flat);
      upload.to(step);
      NDArray hidden = decoder.forward(step, input, last, cache, seams, false);
      NDArray logits = decoder.logits(hidden, seams, false);
      float[] chosen =
          Tensors.floats(
              decoder.choose(
                  logits, wanted == null ? null : Ops.reshape(wanted.array(), batch, -1)));
      int width = 2 + flat.length / batch;
      boolean[] nonFinite = new boolean[batch];
      for (int row = 0; row < batch; row++) {
        best[row] = (long) chosen[row * width];
        float sum = chosen[row * width + 1];
        // A sum of finite logits may overflow.
        nonFinite[row] =
            !Float.isFinite(sum) && Tensors.nonFinite(Ops.slice(logits, 0, row, row + 1)) > 0;
        if (logProbs[row] == null) {
          logProbs[row] = Arrays.copyOfRange(chosen, row * width + 2, (row + 1) * width);
        }
      }
      return nonFinite;
    }
  }

  private static NeededRows lastRows(Upload upload, DecoderInput input) {
    int[][] columns = new int[input.batch()][];
    Arrays.fill(columns, new int[] {input.tokens() - 1});
    return NeededRows.of(upload, columns, input.tokens());
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
