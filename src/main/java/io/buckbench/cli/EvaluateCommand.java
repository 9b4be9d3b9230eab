package io.buckbench.cli;

import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.TokenizedExample;
import io.buckbench.data.Tokenizer;
import io.buckbench.data.YesNoExample;
import io.buckbench.data.YesNoFile;
import io.buckbench.eval.AnswerScorer;
import io.buckbench.eval.Scores;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: what a model, with or without an adapter, answers. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Answer a file's questions by the paper's strict rule and count.")
final class EvaluateCommand implements Callable<Integer> {
  private static final int MAX_NEW_TOKENS = 3;

  @Spec private CommandSpec spec;
  @Mixin private ModelInput input;

  @Option(names = "--adapter", description = "a directory in PEFT's layout")
  private Path adapter;

  @Option(
      names = "--batch-size",
      defaultValue = "64",
      description = "prompts at a time; default: ${DEFAULT-VALUE}")
  private int batchSize;

  @Override
  public Integer call() {
    List<YesNoExample> rows = YesNoFile.read(input.data());
    try (Tokenizer tokenizer = input.openTokenizer();
        CausalLM model = CausalLM.load(input.model())) {
      List<TokenizedExample> prompts = input.exampleTokenizer(tokenizer).encode(rows);
      if (adapter == null) {
        print(model, Seams.none(), tokenizer, rows, prompts);
      } else {
        try (Adapter attached = AdapterDirectory.load(adapter, model)) {
          print(model, attached.seams(), tokenizer, rows, prompts);
        }
      }
    }
    return BuckBench.OK;
  }

  private void print(
      CausalLM model,
      Seams seams,
      Tokenizer tokenizer,
      List<YesNoExample> rows,
      List<TokenizedExample> prompts) {
    try (TrainingProgressBar progress = new TrainingProgressBar("evaluate", rows.size())) {
      Scores scores =
          Scores.of(
              new AnswerScorer(model, seams, tokenizer)
                  .answer(rows, prompts, MAX_NEW_TOKENS, batchSize, progress::rows));
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%d rows: accuracy %.2f %%, balanced accuracy %.2f %%, yes %.1f %%, no %.1f %%, other %.1f %%%n%d passages cut to fit%n",
              rows.size(),
              100 * scores.counts().accuracy(),
              100 * scores.counts().balancedAccuracy(),
              100 * scores.counts().yesShare(),
              100 * scores.counts().noShare(),
              100 * scores.counts().otherShare(),
              ExampleTokenizer.truncated(prompts));
    }
  }
}
