package io.buckbench.eval;

import io.buckbench.data.Batches;
import io.buckbench.data.Prompt;
import io.buckbench.data.PromptBatch;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.data.YesNoExample;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Generation;
import io.buckbench.model.Seams;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Asks a model: what it generates after each prompt, and how likely {@code " yes"} and {@code "
 * no"} are as the first generated token, both from one pass.
 */
public final class AnswerScorer {
  private final CausalLM model;
  private final Seams seams;
  private final Tokenizer tokenizer;
  private final long yes;
  private final long no;
  private long nonFinite;

  /**
   * @param seams how an adapter enters the model; {@link Seams#none} for the model itself
   * @throws InvalidInputException for a tokenizer that writes yes or no in more than one token
   */
  public AnswerScorer(CausalLM model, Seams seams, Tokenizer tokenizer) {
    this.model = model;
    this.seams = seams;
    this.tokenizer = tokenizer;
    this.yes = onlyToken(tokenizer, Prompt.target(true));
    this.no = onlyToken(tokenizer, Prompt.target(false));
  }

  private static long onlyToken(Tokenizer tokenizer, String answer) {
    long[] ids = tokenizer.encodeContinuation(answer);
    if (ids.length != 1) {
      throw new InvalidInputException(
          "the tokenizer's '" + answer + "'",
          ids.length + " tokens",
          "one, whose likelihood is the answer's",
          "use a model whose vocabulary holds it");
    }
    return ids[0];
  }

  /**
   * Answers every row.
   *
   * @param examples the rows
   * @param prompts the same rows as tokens
   * @param maxNewTokens the longest answer, in tokens
   * @param batchSize prompts at a time
   * @param answered called after each batch with the number of rows done
   * @return one prediction a row, in the rows' order
   */
  public List<Prediction> answer(
      List<YesNoExample> examples,
      List<TokenizedExample> prompts,
      int maxNewTokens,
      int batchSize,
      IntConsumer answered) {
    Prediction[] predictions = new Prediction[examples.size()];
    int done = 0;
    for (PromptBatch batch : Batches.prompts(prompts, batchSize, tokenizer.padId())) {
      Generation generation =
          model.generate(
              batch.tokens().inputIds(),
              batch.tokens().attentionMask(),
              maxNewTokens,
              tokenizer.endId(),
              seams,
              yes,
              no);
      for (int i = 0; i < batch.rows().length; i++) {
        int row = batch.rows()[i];
        YesNoExample example = examples.get(row);
        float[] logProbs = generation.firstLogProbs()[i];
        nonFinite += generation.nonFinite()[i] ? 1 : 0;
        predictions[row] =
            new Prediction(
                example.id(),
                example.level(),
                example.answer(),
                text(generation.newTokens()[i]),
                logProbs[0],
                logProbs[1]);
      }
      done += batch.rows().length;
      answered.accept(done);
    }
    return List.of(predictions);
  }

  /** How many of the answers so far have a logit that is not finite. */
  public long nonFinite() {
    return nonFinite;
  }

  private String text(long[] ids) {
    int end = 0;
    while (end < ids.length && ids[end] != tokenizer.endId()) {
      end++;
    }
    return tokenizer.decode(Arrays.copyOf(ids, end), true);
  }
}
