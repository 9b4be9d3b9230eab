package io.buckbench.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.buckbench.data.DataSplits;
import io.buckbench.data.Example;
import io.buckbench.data.ExampleTokenizer;
import io.buckbench.data.Prompt;
import io.buckbench.data.Tokenizer;
import io.buckbench.data.control.ControlTask;
import io.buckbench.files.Folders;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.suite.DataSets;
import io.buckbench.suite.Prompts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code init DIR}: writes a project that runs, to be edited. */
@Command(
    name = "init",
    description = {
      "Write a project that runs: a price, a model, data, three methods and a hypothesis.",
      "It compares LoRA, IA3 and full fine-tuning of opt-nano with the untouched model and a"
          + " constant answer, on the rows of --data or on the control task. The files explain"
          + " themselves; edit them."
    })
final class InitCommand extends Subcommand {
  /** What is the same for any data. */
  private static final List<String> DECLARATIONS = List.of("prices.csv", "models.csv");

  private static final List<String> CONTROL =
      List.of("datasets.csv", "prompts/harness.txt", "first.csv", "hypotheses.csv");
  private static final String MODEL = "opt-nano";
  private static final List<String> MODEL_FILES =
      List.of("config.json", "model.safetensors", "tokenizer.json", "README.md");

  /** The default of the column max_tokens. */
  private static final int MAX_TOKENS = 256;

  /** The splits in the order of {@link ControlTask#generate}. */
  private static final List<String> SPLITS = List.of("train", "validation", "test");

  @Parameters(paramLabel = "DIR", description = "a new or empty folder")
  private Path folder;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description =
          "your own rows with their right answers: JSON lines, or CSV with a header; default: the"
              + " control task")
  private Path data;

  @Option(
      names = "--answer",
      paramLabel = "COLUMN",
      description = "the column of --data with the right answer; default: answer, or label")
  private String answer;

  @Override
  public Integer call() {
    if (answer != null && data == null) {
      throw new InvalidInputException("--answer", answer, "also --data FILE", "name the file");
    }
    requireEmpty();
    Optional<OwnData> own =
        Optional.ofNullable(data).map(file -> OwnData.of(file, Optional.ofNullable(answer)));
    Folders.requireWritable("DIR", folder);
    DECLARATIONS.forEach(this::copy);
    for (String file : MODEL_FILES) {
      WholeFiles.write(
          folder.resolve("models").resolve(MODEL).resolve(file),
          resource("/" + MODEL + "/" + file));
    }
    if (own.isPresent()) {
      write(own.get());
    } else {
      writeControl();
    }
    WholeFiles.write(folder.resolve(".gitignore"), "target/\n");
    Path suite = benchmarks("first.csv");
    own.ifPresent(o -> out().println(o.words()));
    out().println("wrote " + folder + "; next, from any folder:");
    for (String command : List.of("plan", "run", "report")) {
      out().println("  buckbench " + command + " " + suite);
    }
    out().flush();
    return BuckBench.OK;
  }

  private Path benchmarks(String file) {
    return folder.resolve("benchmarks").resolve(file);
  }

  private void copy(String file) {
    WholeFiles.write(benchmarks(file), resource("init/" + file));
  }

  private void write(OwnData own) {
    WholeFiles.write(folder.resolve("datasets").resolve(own.place()), own.content());
    WholeFiles.write(benchmarks("prompts/" + own.id() + Prompt.FILE_END), own.prompt());
    WholeFiles.write(
        benchmarks("datasets.csv"),
        OwnData.filled(text("init/own/datasets.csv"), Map.of("row", own.declaration())));
    WholeFiles.write(benchmarks("hypotheses.csv"), text("init/own/hypotheses.csv"));
    // Read as a run reads it, so that what a run would refuse is refused here.
    Problems problems = new Problems();
    DataSets declared =
        DataSets.read(
            benchmarks("datasets.csv"),
            folder.resolve("datasets"),
            new Prompts(benchmarks("prompts")),
            problems);
    problems.throwIfAny();
    DataSplits splits = declared.read(own.id());
    WholeFiles.write(
        benchmarks("first.csv"),
        own.suite(
            text("init/own/first.csv"),
            splits.test().size(),
            longestAnswer(declared.prompt(own.id()), splits)));
  }

  /** The tokens of the longest answer after any test item, with the model of the project. */
  private int longestAnswer(Prompt prompt, DataSplits splits) {
    Path model = folder.resolve("models").resolve(MODEL);
    try (Tokenizer tokenizer = Architecture.read(model).openTokenizer(model)) {
      return new ExampleTokenizer(tokenizer, prompt, splits.answers(), MAX_TOKENS)
          .ask(splits.test()).stream()
              .flatMap(item -> Arrays.stream(item.choices()))
              .mapToInt(choice -> choice.length)
              .max()
              .orElseThrow();
    }
  }

  private void writeControl() {
    CONTROL.forEach(this::copy);
    List<List<Example>> rows = ControlTask.generate(ControlTask.SEED, ControlTask.SIZES);
    for (int i = 0; i < SPLITS.size(); i++) {
      WholeFiles.write(
          folder.resolve("datasets/control").resolve(SPLITS.get(i) + ".jsonl"),
          rows.get(i).stream().map(InitCommand::line).collect(Collectors.joining()));
    }
  }

  private void requireEmpty() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
      files
          .findFirst()
          .ifPresent(
              file -> {
                throw new InvalidInputException(
                    "DIR",
                    folder + " with " + file.getFileName() + " in it",
                    "a new or empty folder, since nothing is overwritten",
                    "name another folder");
              });
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  private static String text(String name) {
    return new String(resource(name), StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    try (InputStream in = InitCommand.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static String line(Example row) {
    return JsonNodeFactory.instance
            .objectNode()
            .put("question", row.field(Example.QUESTION))
            .put("passage", row.field(Example.PASSAGE))
            .put("answer", row.answer() == 0)
            .put("level", row.level())
        + "\n";
  }
}
