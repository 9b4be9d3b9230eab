package io.buckbench.eval;

import io.buckbench.data.Answers;
import io.buckbench.data.Batches;
import io.buckbench.data.Example;
import io.buckbench.data.Prompt;
import io.buckbench.data.PromptBatch;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Generation;
import io.buckbench.model.Seams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Evaluates a model on questions: the text that it generates for each prompt, and the likelihoods
 * of the answers as the first token, from a single pass.
 */
public final class AnswerScorer {
  private final CausalLM model;
  private final Seams seams;
  private final Tokenizer tokenizer;
  private final Answers answers;
  private final long[] scored;
  private long nonFinite;

  /**
   * @param seams where an adapter is inserted; {@link Seams#none} for the base model
   * @param answers the answers whose likelihoods are computed
   * @param prompt says what is between the text and an answer
   * @throws InvalidInputException if the tokenizer encodes an answer as several tokens
   */
  public AnswerScorer(
      CausalLM model, Seams seams, Tokenizer tokenizer, Answers answers, Prompt prompt) {
    this.model = model;
    this.seams = seams;
    this.tokenizer = tokenizer;
    this.answers = answers;
    this.scored =
        answers.words().stream()
            .mapToLong(word -> onlyToken(tokenizer, prompt.target(word)))
            .toArray();
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
      List<Example> examples,
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
              scored);
      for (int i = 0; i < batch.rows().length; i++) {
        int item = batch.rows()[i];
        Example example = examples.get(item);
        nonFinite += generation.nonFinite()[i] ? 1 : 0;
        predictions[item] =
            Prediction.of(
                example.id(),
                example.level(),
                answers,
                example.answer(),
                text(generation.newTokens()[i]),
                logProbs(generation.firstLogProbs()[i]));
      }
      done += batch.rows().length;
      answered.accept(done);
    }
    return List.of(predictions);
  }

  private static List<Double> logProbs(float[] values) {
    List<Double> logProbs = new ArrayList<>();
    for (float value : values) {
      logProbs.add((double) value);
    }
    return logProbs;
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
