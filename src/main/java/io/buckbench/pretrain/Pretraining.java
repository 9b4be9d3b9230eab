package io.buckbench.pretrain;

import io.buckbench.data.Tokenizer;
import io.buckbench.data.bpe.BpeVocabulary;
import io.buckbench.data.bpe.TokenizerJson;
import io.buckbench.data.control.ControlCorpus;
import io.buckbench.data.control.ControlTask;
import io.buckbench.data.control.ControlTokenizer;
import io.buckbench.data.control.Curriculum;
import io.buckbench.data.control.StatementCheck;
import io.buckbench.files.CsvText;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.train.AdamWOptions;
import io.buckbench.train.LinearSchedule;
import io.buckbench.train.StepGate;
import io.buckbench.train.StepMetric;
import io.buckbench.train.Trainer;
import io.buckbench.train.TrainingOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Pre-trains {@code opt-nano}: learns the tokenizer, draws the starting weights, trains on the
 * corpus of the control language, and writes a Hugging Face directory.
 */
public final class Pretraining {
  private static final long CHECK_SEED = 99;
  private static final int CHECKS = 400;
  private static final int CHECK_EVERY = 100;

  private final PretrainOptions options;
  private final CsvText curve =
      new CsvText(List.of("step", "loss", "check_binding", "check_presence"));

  public Pretraining(PretrainOptions options) {
    this.options = options;
  }

  /**
   * Runs the pre-training.
   *
   * @param out a directory without a model
   * @param listener receives the metrics of each step
   * @param progress receives a line after each check of the held-out statements
   */
  public void run(Path out, Consumer<StepMetric> listener, Consumer<String> progress) {
    requireFree(out);
    ControlCorpus corpus = new ControlCorpus(options.seed(), Curriculum.OPT_NANO);
    int vocabSize = writeTokenizer(corpus, out);
    Architecture architecture = options.architecture(vocabSize);
    try (Tokenizer tokenizer = architecture.openTokenizer(out);
        CausalLM model = CausalLM.random(architecture, options.seed())) {
      StartingWeights.shareQueriesAndKeys(model, options.seed());
      CheckAccuracy checks = new CheckAccuracy(StatementCheck.draw(CHECK_SEED, CHECKS), tokenizer);
      try (Trainer trainer = new Trainer(model, Seams.none(), model.parameters(), training())) {
        trainer.train(
            new CorpusBatches(corpus, tokenizer, options),
            StepGate.steps(options.steps()),
            metric -> {
              listener.accept(metric);
              if (metric.step() % CHECK_EVERY == 0 || metric.step() == options.steps()) {
                progress.accept(noted(metric, checks.of(model)));
              }
            });
      }
      WholeFiles.write(out.resolve("pretraining.csv"), curve.toString());
      model.save(out, false);
    }
  }

  private TrainingOptions training() {
    return new TrainingOptions(
        options.learningRate(),
        new LinearSchedule(options.warmupSteps(), options.steps()),
        // With beta2 = 0.98 the large early gradients are forgotten before the plateau's small
        // ones.
        new AdamWOptions(0.9, 0.98, 1e-8, 0.01, false),
        1.0,
        options.seed());
  }

  private String noted(StepMetric metric, Map<String, Double> accuracy) {
    double binding = accuracy.get(ControlTask.BINDING);
    double presence = accuracy.get(ControlTask.PRESENCE);
    curve.row(metric.step(), digits(metric.loss()), digits(binding), digits(presence));
    return String.format(
        Locale.ROOT,
        "step %d: loss %.3f, statements checked right: presence %.1f %%, binding %.1f %%",
        metric.step(),
        metric.loss(),
        100 * presence,
        100 * binding);
  }

  private static void requireFree(Path out) {
    if (Files.exists(out.resolve("model.safetensors"))) {
      throw new InvalidInputException(
          out.toString(),
          "a model already",
          "a directory without model.safetensors",
          "name another --out, or move the old model away");
    }
  }

  private static int writeTokenizer(ControlCorpus corpus, Path out) {
    BpeVocabulary vocabulary =
        ControlTokenizer.learn(
            corpus, ControlTask.generate(ControlTask.SEED, ControlTask.SIZES).get(0));
    TokenizerJson.write(vocabulary, ControlTokenizer.RULES, out.resolve("tokenizer.json"));
    return vocabulary.size();
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
