package io.buckbench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.input.InvalidInputException;
import io.buckbench.peft.MethodConfig;
import io.buckbench.speed.Bench;
import io.buckbench.speed.Measured;
import io.buckbench.speed.Workload;
import io.buckbench.tensor.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench [MODEL...]}: what a training step and an answer cost on this machine. */
@Command(
    name = "bench",
    description = {
      "Measure training steps and answers on this machine, with random tokens.",
      "Each line is a median, with the smallest and largest of the repeats. docs/performance.md"
          + " explains the columns."
    })
final class BenchCommand extends Subcommand {
  private static final String LINE = "%-10s %-17s %-8s %22s %9s %9s %8s %9s %20s%n";

  @Mixin private ProjectFolders folders;

  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL",
      description =
          "a model directory, or a folder of benchmarks/shapes, which gets random weights; default:"
              + " opt-125m")
  private List<String> models = List.of("opt-125m");

  @Option(
      names = "--method",
      split = ",",
      paramLabel = "FILE",
      defaultValue = "lora/r8_qv,ia3/default,prompt/p48,ptuning/p48_h64,prefix/p30,full/full",
      description = "method files below benchmarks/methods; default: ${DEFAULT-VALUE}")
  private List<String> methods;

  @Option(
      names = "--precision",
      split = ",",
      defaultValue = "FLOAT32",
      description = "float32, mixed or both; a CPU is slow at mixed; default: float32")
  private List<Precision> precisions;

  @Option(
      names = "--rows",
      defaultValue = "16",
      description = "rows of a step; default: ${DEFAULT-VALUE}")
  private int rows;

  @Option(
      names = "--micro-batch",
      defaultValue = "4",
      description = "rows of a micro-batch; default: ${DEFAULT-VALUE}")
  private int microBatch;

  @Option(
      names = "--tokens",
      defaultValue = "150",
      description = "tokens of a row and of a prompt; default: ${DEFAULT-VALUE}")
  private int tokens;

  @Option(
      names = "--warmup",
      defaultValue = "2",
      description = "steps that are not measured; default: ${DEFAULT-VALUE}")
  private int warmup;

  @Option(
      names = "--repeats",
      defaultValue = "5",
      description = "measured steps, and passes over the prompts; default: ${DEFAULT-VALUE}")
  private int repeats;

  @Option(
      names = "--prompts",
      defaultValue = "32",
      description = "prompts to answer, 0 for none; default: ${DEFAULT-VALUE}")
  private int prompts;

  @Option(
      names = "--prompt-batch",
      defaultValue = "32",
      description = "prompts of a batch; default: ${DEFAULT-VALUE}")
  private int promptBatch;

  @Option(names = "--json", description = "print a JSON object for each measurement")
  private boolean json;

  @Override
  public Integer call() {
    Workload workload =
        new Workload(rows, microBatch, tokens, warmup, repeats, prompts, promptBatch);
    List<Path> directories = models.stream().map(this::directory).toList();
    List<MethodConfig> configs = new ArrayList<>();
    for (String method : methods) {
      configs.add(
          MethodConfig.read(folders.project().declaration("methods").resolve(method + ".json")));
    }
    if (!json) {
      out()
          .printf(
              LINE,
              "model",
              "method",
              "precision",
              "seconds a step",
              "tokens/s",
              "products",
              "launches",
              "peak MiB",
              "prompts/s");
    }
    for (Path directory : directories) {
      Bench bench = new Bench(directory, workload);
      for (int i = 0; i < configs.size(); i++) {
        for (Precision precision : precisions) {
          print(bench.measure(methods.get(i), configs.get(i), precision));
        }
      }
    }
    return BuckBench.OK;
  }

  private Path directory(String model) {
    Path shape = folders.project().declaration("shapes").resolve(model);
    for (Path directory : List.of(shape, Path.of(model))) {
      if (Files.isRegularFile(directory.resolve("config.json"))) {
        return directory;
      }
    }
    throw new InvalidInputException(
        "MODEL",
        "'" + model + "'",
        "a directory with a config.json, or the name of a folder of " + shape.getParent(),
        "correct it");
  }

  private void print(Measured m) {
    if (json) {
      try {
        out().println(new ObjectMapper().writeValueAsString(m));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    } else {
      out()
          .printf(
              LINE,
              m.model(),
              m.method(),
              m.precision(),
              text(
                  "%.3f (%.3f-%.3f)",
                  m.stepSeconds().median(), m.stepSeconds().low(), m.stepSeconds().high()),
              text("%.0f", m.tokensPerSecond().median()),
              text("%.0f %%", 100 * m.productShare()),
              m.launches(),
              m.peakBytes() == null ? "?" : text("%.0f", m.peakBytes() / 1048576.0),
              m.promptsPerSecond() == null
                  ? "-"
                  : text(
                      "%.1f (%.1f-%.1f)",
                      m.promptsPerSecond().median(),
                      m.promptsPerSecond().low(),
                      m.promptsPerSecond().high()));
    }
    out().flush();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
