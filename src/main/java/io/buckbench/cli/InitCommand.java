package io.buckbench.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.buckbench.data.Example;
import io.buckbench.data.control.ControlTask;
import io.buckbench.files.Folders;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code init DIR}: writes a project that runs, to be edited. */
@Command(
    name = "init",
    description = {
      "Write a project that runs: a price, a model, data, three methods and a hypothesis.",
      "It compares LoRA, IA3 and full fine-tuning with the untouched model and always-yes, on the"
          + " control task with opt-nano. The files explain themselves; edit them."
    })
final class InitCommand extends Subcommand {
  private static final List<String> DECLARATIONS =
      List.of(
          "prices.csv",
          "models.csv",
          "datasets.csv",
          "prompts/harness.txt",
          "first.csv",
          "hypotheses.csv");
  private static final String MODEL = "opt-nano";
  private static final List<String> MODEL_FILES =
      List.of("config.json", "model.safetensors", "tokenizer.json", "README.md");

  /** The splits in the order of {@link ControlTask#generate}. */
  private static final List<String> SPLITS = List.of("train", "validation", "test");

  @Parameters(paramLabel = "DIR", description = "a new or empty folder")
  private Path folder;

  @Override
  public Integer call() {
    requireEmpty();
    Folders.requireWritable("DIR", folder);
    for (String file : DECLARATIONS) {
      WholeFiles.write(folder.resolve("benchmarks").resolve(file), resource("init/" + file));
    }
    for (String file : MODEL_FILES) {
      WholeFiles.write(
          folder.resolve("models").resolve(MODEL).resolve(file),
          resource("/" + MODEL + "/" + file));
    }
    List<List<Example>> rows = ControlTask.generate(ControlTask.SEED, ControlTask.SIZES);
    for (int i = 0; i < SPLITS.size(); i++) {
      WholeFiles.write(
          folder.resolve("datasets/control").resolve(SPLITS.get(i) + ".jsonl"),
          rows.get(i).stream().map(InitCommand::line).collect(Collectors.joining()));
    }
    WholeFiles.write(folder.resolve(".gitignore"), "target/\n");
    Path suite = folder.resolve("benchmarks").resolve("first.csv");
    out().println("wrote " + folder + "; next, from any folder:");
    for (String command : List.of("plan", "run", "report")) {
      out().println("  buckbench " + command + " " + suite);
    }
    out().flush();
    return BuckBench.OK;
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
