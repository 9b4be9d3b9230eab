package io.buckbench.trial;

import io.buckbench.data.Example;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.eval.AnswerScorer;
import io.buckbench.eval.Perplexity;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.Mergeable;
import io.buckbench.record.SideEffects;
import io.buckbench.suite.Configuration;
import io.buckbench.tensor.PeakMemory;
import io.buckbench.tensor.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures what a training changed besides its answers, and what its adapter needs. Its time
 * belongs to no phase of a trial, and it changes no number of one: it draws nothing, and restores
 * the weights that it changes.
 */
final class SideEffectMeter {
  /** A base model's perplexity is the same in every trial, so it is computed once for a process. */
  private record Base(Path model, Precision precision, List<long[]> texts) {}

  /** Batches of answers whose time is measured. */
  private static final int TIMED_BATCHES = 2;

  private final DataPreparation preparation;
  private final Map<Base, Double> before = new HashMap<>();

  SideEffectMeter(DataPreparation preparation) {
    this.preparation = preparation;
  }

  /** The perplexity of a base model that was not trained since it was loaded. */
  double before(Configuration configuration, CausalLM model, Tokenizer tokenizer) {
    List<long[]> texts = preparation.heldOut(configuration);
    return before.computeIfAbsent(
        new Base(configuration.model().orElseThrow().directory(), model.precision(), texts),
        base -> Perplexity.of(model, Seams.none(), texts, tokenizer.padId()));
  }

  /**
   * What is known at the end of an evaluation, without times.
   *
   * @param adapter the directory of the written adapter; it need not exist
   */
  SideEffects after(
      Configuration configuration,
      double perplexityBefore,
      CausalLM model,
      Seams seams,
      Tokenizer tokenizer,
      Path adapter) {
    long peak = PeakMemory.ofThisProcess().bytes().orElse(0);
    return new SideEffects(
        perplexityBefore,
        Perplexity.of(model, seams, preparation.heldOut(configuration), tokenizer.padId()),
        Double.NaN,
        Double.NaN,
        bytes(adapter),
        peak);
  }

  /** Adds the time of an answer with the adapter as it is and, if possible, merged. */
  SideEffects timed(
      SideEffects seen,
      Configuration configuration,
      CausalLM model,
      Adapter adapter,
      PreparedData data) {
    double attached = millis(configuration, model, adapter.seams(), data);
    double merged = Double.NaN;
    if (adapter instanceof Mergeable mergeable) {
      mergeable.merge();
      try {
        merged = millis(configuration, model, adapter.seams(), data);
      } finally {
        mergeable.unmerge();
      }
    }
    return with(seen, attached, merged);
  }

  /** Adds the time of an answer of a model without adapter. */
  SideEffects timed(
      SideEffects seen, Configuration configuration, CausalLM model, PreparedData data) {
    return with(seen, millis(configuration, model, Seams.none(), data), Double.NaN);
  }

  private static SideEffects with(SideEffects seen, double attached, double merged) {
    return new SideEffects(
        seen.perplexityBefore(),
        seen.perplexityAfter(),
        attached,
        merged,
        seen.adapterBytes(),
        seen.peakBytes());
  }

  private static double millis(
      Configuration configuration, CausalLM model, Seams seams, PreparedData data) {
    int batch = configuration.testBatchSize();
    int items = Math.min(data.test().size(), TIMED_BATCHES * batch);
    List<Example> asked = data.test().subList(0, items);
    // A user of the model generates answers; only a measurement scores those of several tokens.
    List<TokenizedExample> prompts =
        data.prompts().subList(0, items).stream().map(TokenizedExample::withFirstTokens).toList();
    AnswerScorer scorer =
        new AnswerScorer(model, seams, data.tokenizer().orElseThrow(), data.answers());
    long start = System.nanoTime();
    scorer.answer(asked, prompts, configuration.maxNewTokens(), batch, done -> {});
    return (System.nanoTime() - start) / 1e6 / items;
  }

  private static long bytes(Path directory) {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(directory)) {
      long sum = 0;
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
      return sum;
    } catch (IOException e) {
      throw new UncheckedIOException(directory.toString(), e);
    }
  }
}
