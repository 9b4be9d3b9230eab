package io.buckbench.cli;

import io.buckbench.data.Example;
import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.eval.AnswerCounts;
import io.buckbench.eval.AnswerScorer;
import io.buckbench.eval.LikelihoodPrior;
import io.buckbench.eval.LikelihoodScores;
import io.buckbench.eval.Prediction;
import io.buckbench.eval.Scores;
import io.buckbench.files.Folders;
import io.buckbench.files.WholeFiles;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import io.buckbench.promise.Inspection;
import io.buckbench.promise.Inspector;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.promise.Work;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: the answers of a model, with or without an adapter. */
@Command(
    name = "evaluate",
    description = {
      "Answer the questions in a file and count the answers by the paper's strict rule.",
      "Shows the commonest answers and ten wrong ones; --out writes all of them."
    })
final class EvaluateCommand extends Subcommand {
  /** The most tokens of a generated answer, unless an answer of the data set is longer. */
  private static final int NEW_TOKENS = 3;

  @Mixin private ModelInput input;

  @Option(names = "--adapter", description = "a directory in PEFT's layout")
  private Path adapter;

  @Option(
      names = "--batch-size",
      defaultValue = "64",
      description = "prompts per batch; default: ${DEFAULT-VALUE}")
  private int batchSize;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write every answer to this CSV file; default: none")
  private Path out;

  @Override
  public Integer call() {
    input.check(batchSize);
    if (out != null) {
      Folders.requireWritable("--out", out.toAbsolutePath().getParent());
    }
    List<Example> items = input.rows();
    Inspector inspector = new Inspector();
    List<Prediction> answers;
    List<Double> alone;
    Inspection seen;
    try (Tokenizer tokenizer = input.openTokenizer();
        CausalLM model = CausalLM.load(input.model())) {
      inspector.loaded(model.parameters());
      List<TokenizedExample> prompts =
          input.ask(tokenizer, items, model.architecture().shape().positions(), NEW_TOKENS);
      int newTokens = Math.max(NEW_TOKENS, longestAnswer(prompts));
      try (Adapter attached = adapter == null ? null : AdapterDirectory.load(adapter, model);
          TrainingProgressBar progress = new TrainingProgressBar("evaluate", items.size())) {
        Seams seams = attached == null ? Seams.none() : attached.seams();
        AnswerScorer scorer = new AnswerScorer(model, seams, tokenizer, input.answers());
        answers = scorer.answer(items, prompts, newTokens, batchSize, progress::items);
        alone = scorer.alone(input.alone(tokenizer));
        seen =
            inspector.inspect(
                model.parameters(),
                attached == null ? List.of() : attached.parameters(),
                scorer.nonFinite());
      }
      Scores scores = Scores.of(answers, LikelihoodPrior.NONE, LikelihoodPrior.alone(alone));
      print(scores, ExampleTokenizer.truncated(prompts));
    }
    GivenAnswers given = new GivenAnswers(answers);
    out().print(given.words());
    if (out != null) {
      WholeFiles.write(out, given.csv());
      out().println("wrote " + out);
    }
    out().flush();
    reportBroken(
        "evaluate --model " + input.model() + (adapter == null ? "" : " --adapter " + adapter),
        PromiseCheck.broken(Work.evaluation(answers, inspector.closed(seen))));
    return exitStatus();
  }

  private static int longestAnswer(List<TokenizedExample> prompts) {
    return prompts.stream()
        .flatMap(prompt -> Arrays.stream(prompt.choices()))
        .mapToInt(answer -> answer.length)
        .max()
        .orElse(0);
  }

  private void print(Scores scores, long truncated) {
    AnswerCounts counts = scores.counts();
    out()
        .printf(
            Locale.ROOT,
            "%d items: accuracy %.2f %%, balanced accuracy %.2f %%, ",
            counts.items(),
            100 * counts.accuracy(),
            100 * counts.balancedAccuracy());
    for (int answer = 0; answer < counts.answers().size(); answer++) {
      out()
          .printf(
              Locale.ROOT,
              "%s %.1f %%, ",
              counts.answers().word(answer),
              100 * counts.share(answer));
    }
    out()
        .printf(
            Locale.ROOT,
            "other %.1f %%%n%d passages cut to fit%n",
            100 * counts.otherShare(),
            truncated);
    LikelihoodScores likely = scores.likelihood();
    out()
        .printf(
            Locale.ROOT,
            "likeliest answer: accuracy %.2f %%, a character %.2f %%, less its likelihood without a"
                + " prompt %.2f %%%n",
            100 * likely.accuracy(),
            100 * likely.byLengthAccuracy(),
            100 * likely.informationAccuracy());
  }
}
