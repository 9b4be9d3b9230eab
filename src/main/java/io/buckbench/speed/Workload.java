package io.buckbench.speed;

import io.buckbench.data.TokenBatch;
import io.buckbench.input.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The work that is measured. All rows and prompts have the same length.
 *
 * @param rows rows of a step
 * @param microBatch rows of a micro-batch
 * @param tokens tokens of a row, and of a prompt; the last two of a row are labelled
 * @param warmup steps and batches of prompts that are not measured
 * @param repeats measured steps, and measured passes over the prompts
 * @param prompts prompts of a pass; 0 to measure no answers
 * @param promptBatch prompts of a batch
 */
public record Workload(
    int rows, int microBatch, int tokens, int warmup, int repeats, int prompts, int promptBatch) {
  /** Tokens that are generated for each prompt. */
  static final int NEW_TOKENS = 3;

  /** Labelled tokens of a row: an answer and the end token. */
  static final int LABELLED = 2;

  /** Token ids below this one may be special. */
  private static final int FIRST_TOKEN = 5;

  /** Checks that there is something to measure. */
  public Workload {
    Problems problems = new Problems();
    problems.requireAtLeast(1, "--rows", rows);
    problems.requireAtLeast(1, "--micro-batch", microBatch);
    problems.requireAtLeast(LABELLED + 1, "--tokens", tokens);
    problems.requireAtLeast(0, "--warmup", warmup);
    problems.requireAtLeast(1, "--repeats", repeats);
    problems.requireAtLeast(0, "--prompts", prompts);
    problems.requireAtLeast(1, "--prompt-batch", promptBatch);
    problems.throwIfAny();
  }

  /** The micro-batches of a step. */
  List<TokenBatch> step(int vocabulary) {
    List<TokenBatch> batches = batches(rows, microBatch, vocabulary);
    for (TokenBatch batch : batches) {
      for (int row = 0; row < batch.size(); row++) {
        int from = tokens - LABELLED;
        System.arraycopy(batch.inputIds()[row], from, batch.labels()[row], from, LABELLED);
      }
    }
    return batches;
  }

  /** The prompts of a pass. */
  List<TokenBatch> questions(int vocabulary) {
    return batches(prompts, promptBatch, vocabulary);
  }

  private List<TokenBatch> batches(int all, int size, int vocabulary) {
    List<TokenBatch> batches = new ArrayList<>();
    for (int from = 0; from < all; from += size) {
      TokenBatch batch = TokenBatch.padding(Math.min(size, all - from), tokens, 1);
      for (int row = 0; row < batch.size(); row++) {
        Arrays.fill(batch.attentionMask()[row], 1);
        for (int i = 0; i < tokens; i++) {
          batch.inputIds()[row][i] =
              FIRST_TOKEN + (7L * i + 13L * (from + row)) % (vocabulary - FIRST_TOKEN);
        }
      }
      batches.add(batch);
    }
    return batches;
  }
}
