package io.buckbench.pretrain;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.data.Batches;
import io.buckbench.data.PromptBatch;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.data.control.StatementCheck;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The share of held-out statements for which a model assigns the right verdict a higher probability
 * than the wrong one; chance is 50 %. Pre-training is monitored by this share, never by the yes/no
 * task.
 */
final class CheckAccuracy {
  private static final int BATCH = 50;

  private final List<StatementCheck> checks;
  private final List<TokenizedExample> prompts;
  private final Tokenizer tokenizer;

  CheckAccuracy(List<StatementCheck> checks, Tokenizer tokenizer) {
    this.checks = checks;
    this.tokenizer = tokenizer;
    this.prompts =
        checks.stream()
            .map(c -> new TokenizedExample("", tokenizer.encode(c.prompt()), new long[0], 0))
            .toList();
  }

  /** The share of right verdicts by level. */
  Map<String, Double> of(CausalLM model) {
    Map<String, int[]> counts = new TreeMap<>();
    for (PromptBatch batch : Batches.prompts(prompts, BATCH, tokenizer.padId())) {
      try (NDManager manager = Torch.newManager();
          NDArray logits = model.logits(manager, batch.tokens(), Seams.none())) {
        float[] values = Tensors.floats(logits);
        int width = batch.tokens().tokens();
        int vocabulary = values.length / (batch.tokens().size() * width);
        for (int row = 0; row < batch.rows().length; row++) {
          StatementCheck check = checks.get(batch.rows()[row]);
          int last = (row * width + width - 1) * vocabulary;
          int[] count = counts.computeIfAbsent(check.level(), level -> new int[2]);
          count[0] +=
              values[last + id(check.wanted())] > values[last + id(check.unwanted())] ? 1 : 0;
          count[1]++;
        }
      }
    }
    Map<String, Double> shares = new TreeMap<>();
    counts.forEach((level, count) -> shares.put(level, (double) count[0] / count[1]));
    return shares;
  }

  private int id(String word) {
    return Math.toIntExact(tokenizer.encodeContinuation(word)[0]);
  }
}
