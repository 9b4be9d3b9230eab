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
 * Evaluates a model on yes/no questions: the text that it generates for each prompt, and the
 * likelihoods of {@code " yes"} and {@code " no"} as the first token, from a single pass.
 */
public final class AnswerScorer {
  private final CausalLM model;
  private final Seams seams;
  private final Tokenizer tokenizer;
  private final long yes;
  private final long no;
  private long nonFinite;

  /**
   * @param seams where an adapter is inserted; {@link Seams#none} for the base model
   * @throws InvalidInputException if the tokenizer encodes yes or no as several tokens
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
          "one token, whose likelihood is that of the answer",
          "use a model with this answer in its vocabulary");
    }
    return ids[0];
  }

  /**
   * Answers all items.
   *
   * @param examples the items
   * @param prompts the tokenized prompts of the same items
   * @param maxNewTokens the maximum length of an answer, in tokens
   * @param batchSize number of prompts in a batch
   * @param answered called after each batch with the number of items answered so far
   * @return one prediction for each item, in order
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
        int item = batch.rows()[i];
        YesNoExample example = examples.get(item);
        float[] logProbs = generation.firstLogProbs()[i];
        nonFinite += generation.nonFinite()[i] ? 1 : 0;
        predictions[item] =
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

  /** The number of answers so far with a logit that is not finite. */
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
