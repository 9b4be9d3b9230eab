package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.TinyProject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A tokenizer with ids for which the model has no row is refused before anything runs. */
class TokenizerFitTest {
  @TempDir static Path made;
  @TempDir Path project;

  private static int tokens;

  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void make() throws IOException {
    TinyProject.fill(made);
    String config = Files.readString(made.resolve("models/tiny/config.json"));
    tokens = Integer.parseInt(config.replaceAll("(?s).*\"vocab_size\" *: *(\\d+).*", "$1"));
  }

  /** A project of its own with the model, whose files a test changes. */
  private Path model() throws IOException {
    new ProjectFixture(project).row("a").write();
    try (Stream<Path> files = Files.walk(made)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = project.resolve(made.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return project.resolve("models/tiny");
  }

  private static void replace(Path file, String regex, String by) throws IOException {
    String text = Files.readString(file);
    assertThat(text).containsPattern(regex);
    Files.writeString(file, text.replaceFirst(regex, by));
  }

  private int run(String... words) {
    CommandLine line = BuckBench.commandLine();
    line.setOut(new PrintWriter(new StringWriter()));
    line.setErr(new PrintWriter(err));
    return line.execute(words);
  }

  private int evaluate(Path model) {
    String rows = project.resolve("datasets/control/test.jsonl").toString();
    return run("evaluate", "--model", model.toString(), "--data", rows);
  }

  private static String words(Path model, int id, int rows) {
    return model
        + ": found a tokenizer with the id "
        + id
        + ", expected ids below "
        + rows
        + ", the rows of the model's embedding (vocab_size); use the model's own tokenizer";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evaluate --model models/tiny --data datasets/control/test.jsonl",
        "train --model models/tiny --data datasets/control/train.jsonl --steps 1 --seed 1 --method"
            + " benchmarks/methods/ia3/default.json --out adapter",
        "run t --project .",
        "plan t --project .",
        "preflight t --project .",
        "calibrate t --project .",
      })
  void every_command_refuses_more_ids_than_the_model_has_rows(String command) throws IOException {
    Path model = model();
    replace(model.resolve("config.json"), "(\"vocab_size\" *: *)\\d+", "$1300");
    String[] words = command.split(" ");
    for (int i = 0; i < words.length; i++) {
      boolean path = words[i].matches("[.]|adapter|(models|datasets|benchmarks)/.*");
      words[i] = path ? project.resolve(words[i]).normalize().toString() : words[i];
    }
    StringWriter out = new StringWriter();
    CommandLine line =
        BuckBench.commandLine().setErr(new PrintWriter(err)).setOut(new PrintWriter(out));
    assertThat(line.execute(words)).as(err.toString()).isEqualTo(BuckBench.INVALID_INPUT);
    // The preflight, which run begins with, prints the same in its own form.
    assertThat(err.toString() + out)
        .contains(model + ": ")
        .contains("a tokenizer with the id " + (tokens - 1))
        .contains("ids below 300, the rows of the model's embedding (vocab_size)")
        .contains("use the model's own tokenizer")
        .doesNotContain("Exception");
    assertThat(project.resolve("target")).doesNotExist();
    assertThat(project.resolve("adapter")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'{\"unk_token\": null, \"bos_token\": \"</s>\", \"eos_token\": \"</s>\", \"pad_token\":"
            + " \"<new>\"}', 0",
        "'{\"unk_token\": null, \"bos_token\": \"</s>\", \"eos_token\": \"</s>\","
            + " \"additional_special_tokens\": [\"<a>\", \"<b>\"]}', 1",
        "'{\"unk_token\": null, \"bos_token\": \"</s>\", \"eos_token\": \"</s>\","
            + " \"added_tokens_decoder\": {\"9000\": {\"content\": \"<a>\"}}}', -1"
      })
  void tokens_that_another_file_adds_beyond_the_rows_are_refused(String config, int above)
      throws IOException {
    Path model = model();
    Files.writeString(model.resolve("tokenizer_config.json"), config);
    assertThat(evaluate(model)).isEqualTo(BuckBench.INVALID_INPUT);
    int id = above < 0 ? 9000 : tokens + above;
    assertThat(err.toString()).isEqualTo("error: " + words(model, id, tokens) + "\n");
  }

  @Test
  void an_added_token_beyond_the_rows_is_refused() throws IOException {
    Path model = model();
    replace(
        model.resolve("tokenizer.json"),
        "\"added_tokens\" *: *\\[",
        "$0{\"id\": 700, \"content\": \"<a>\", \"single_word\": false, \"lstrip\": false,"
            + " \"rstrip\": false, \"normalized\": false, \"special\": false},");
    assertThat(evaluate(model)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).isEqualTo("error: " + words(model, 700, tokens) + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pad_token_id", "eos_token_id", "bos_token_id"})
  void a_token_of_the_configuration_beyond_the_rows_is_refused(String key) throws IOException {
    Path model = model();
    replace(model.resolve("config.json"), "(\"" + key + "\" *: *)\\d+", "$1" + tokens);
    assertThat(evaluate(model)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .startsWith("error: " + model.resolve("config.json") + ":")
        .contains(" key " + key + ": found " + tokens + ", expected a token below " + tokens);
  }

  @Test
  void fewer_positions_than_a_prompt_has_tokens_are_refused_with_the_row() throws IOException {
    Path model = model();
    String rows = project.resolve("datasets/control/test.jsonl").toString();
    String passage = "the cat sat on the mat ".repeat(60).strip();
    Files.writeString(
        Path.of(rows),
        "{\"question\": \"q\", \"passage\": \"%s\", \"answer\": true}\n".formatted(passage));
    assertThat(evaluate(model)).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .contains("test.jsonl:1: found ", "expected at most 160, the positions of " + model);
  }
}
