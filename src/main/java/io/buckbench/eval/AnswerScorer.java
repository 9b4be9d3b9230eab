package io.buckbench.eval;

import io.buckbench.data.Answers;
import io.buckbench.data.BatchOptions;
import io.buckbench.data.Batches;
import io.buckbench.data.Example;
import io.buckbench.data.PromptBatch;
import io.buckbench.data.Side;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Generation;
import io.buckbench.model.Seams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Evaluates a model on questions: the text that it generates for each prompt, and the likelihood of
 * each answer after it, which is the product over the answer's tokens. Answers of one token are
 * scored by the pass that generates; each answer of several tokens takes one pass more.
 */
public final class AnswerScorer {
  private final CausalLM model;
  private final Seams seams;
  private final Tokenizer tokenizer;
  private final Answers answers;
  private long nonFinite;

  /**
   * @param seams where an adapter is inserted; {@link Seams#none} for the base model
   * @param answers the answers whose likelihoods are computed
   */
  public AnswerScorer(CausalLM model, Seams seams, Tokenizer tokenizer, Answers answers) {
    this.model = model;
    this.seams = seams;
    this.tokenizer = tokenizer;
    this.answers = answers;
  }

  /**
   * Answers all items.
   *
   * @param examples the items
   * @param prompts the same items as {@link io.buckbench.data.ExampleTokenizer#ask} tokenizes them
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
      List<TokenizedExample> asked = Arrays.stream(batch.rows()).mapToObj(prompts::get).toList();
      Generation generation =
          model.generate(
              batch.tokens().inputIds(),
              batch.tokens().attentionMask(),
              maxNewTokens,
              tokenizer.endId(),
              seams,
              asked.stream().map(AnswerScorer::firstTokens).toArray(long[][]::new));
      double[][] logProbs = logProbs(asked, generation.firstLogProbs());
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
                Arrays.stream(logProbs[i]).boxed().toList());
      }
      done += batch.rows().length;
      answered.accept(done);
    }
    return List.of(predictions);
  }

  /**
   * The log-probability of each answer without a question.
   *
   * @param alone as {@link io.buckbench.data.ExampleTokenizer#alone} tokenizes them
   */
  public List<Double> alone(List<TokenizedExample> alone) {
    return alone.isEmpty() ? List.of() : Arrays.stream(sums(alone)).boxed().toList();
  }

  private static long[] firstTokens(TokenizedExample prompt) {
    return Arrays.stream(prompt.choices()).mapToLong(answer -> answer[0]).toArray();
  }

  /**
   * The log-probability of each answer after each prompt.
   *
   * @param first (prompts, answers) log-probabilities of the first tokens
   */
  private double[][] logProbs(List<TokenizedExample> prompts, float[][] first) {
    double[][] logProbs = new double[prompts.size()][answers.size()];
    for (int answer = 0; answer < answers.size(); answer++) {
      List<Integer> longer = new ArrayList<>();
      List<TokenizedExample> continued = new ArrayList<>();
      for (int i = 0; i < prompts.size(); i++) {
        TokenizedExample prompt = prompts.get(i);
        long[] tokens = prompt.choices()[answer];
        logProbs[i][answer] = first[i][answer];
        if (tokens.length > 1) {
          longer.add(i);
          continued.add(new TokenizedExample(prompt.id(), prompt.promptIds(), tokens, 0));
        }
      }
      double[] sums = longer.isEmpty() ? new double[0] : sums(continued);
      for (int i = 0; i < sums.length; i++) {
        logProbs[longer.get(i)][answer] = sums[i];
      }
    }
    return logProbs;
  }

  /** The log-probability of the answer tokens of each text, summed over them. */
  private double[] sums(List<TokenizedExample> texts) {
    float[] tokens =
        model.logProbs(
            Batches.training(texts, Side.RIGHT, BatchOptions.Labels.ANSWER, tokenizer.padId()),
            seams);
    double[] sums = new double[texts.size()];
    int next = 0;
    for (int i = 0; i < sums.length; i++) {
      for (int t = 0; t < texts.get(i).answerIds().length; t++) {
        sums[i] += tokens[next++];
      }
    }
    return sums;
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
