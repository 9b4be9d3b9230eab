package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.data.DataSplits;
import io.buckbench.findings.Hypotheses;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Project;
import io.buckbench.suite.Project.Declared;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class InitCommandTest {
  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = BuckBench.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @Test
  void a_new_project_is_complete_and_can_be_planned() throws IOException {
    Path project = dir.resolve("my");
    assertThat(run("init", project.toString())).as(err.toString()).isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("buckbench run " + project.resolve("benchmarks/first.csv"));
    assertThat(Project.at(project).declared("first").suite().configurations())
        .extracting(Configuration::id)
        .containsExactly("nothing", "all-yes", "lora_r8", "ia3", "full");
    assertThat(Hypotheses.read(project.resolve("benchmarks/hypotheses.csv")).ids()).hasSize(1);
    assertThat(project.resolve("models/opt-nano/model.safetensors"))
        .hasSameBinaryContentAs(Path.of("src/main/resources/opt-nano/model.safetensors"));
    for (String split : new String[] {"train", "validation", "test"}) {
      assertThat(Files.readAllLines(project.resolve("datasets/control/" + split + ".jsonl")))
          .hasSameSizeAs(Files.readAllLines(Path.of("datasets/control", split + ".jsonl")));
    }
    assertThat(run("plan", project.resolve("benchmarks/first.csv").toString()))
        .as(err.toString())
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("price card mine (CPU 2 cores)");
  }

  private Path moods(int rows) throws IOException {
    StringBuilder csv = new StringBuilder("Review Text,id,mood\n");
    List<String> moods = List.of("good", "very bad", "neither");
    for (int i = 0; i < rows; i++) {
      csv.append("the film was ").append(i).append(',').append(i).append(',');
      csv.append(moods.get(i % 3)).append('\n');
    }
    return Files.writeString(dir.resolve("film moods.csv"), csv);
  }

  @Test
  void a_project_for_ones_own_rows_is_complete_and_can_be_planned() throws IOException {
    Path project = dir.resolve("my");
    assertThat(run("init", project.toString(), "--data", moods(80).toString(), "--answer", "mood"))
        .as(err.toString())
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .contains(
            "column mood, one of [good, very bad, neither]; the model is shown [Review Text]");
    Declared declared = Project.at(project).declared("first");
    assertThat(declared.suite().configurations())
        .extracting(Configuration::id)
        .containsExactly("nothing", "majority", "lora_r8", "ia3", "full");
    DataSplits splits = declared.benchmarks().dataSets().read("film-moods");
    assertThat(splits.answers().words()).containsExactlyInAnyOrder("good", "very bad", "neither");
    assertThat(declared.suite().configurations().get(0).testItems())
        .isEqualTo(splits.test().size())
        .isBetween(18, 22);
    assertThat(
            declared
                .suite()
                .configurations()
                .get(0)
                .prompt()
                .orElseThrow()
                .text(splits.test().get(0)))
        .matches("Review Text: the film was \\d+\nmood:");
    for (String file : List.of("datasets.csv", "first.csv", "hypotheses.csv", "prices.csv")) {
      assertThat(project.resolve("benchmarks").resolve(file)).content().startsWith("# ");
    }
    assertThat(Hypotheses.read(project.resolve("benchmarks/hypotheses.csv")).ids())
        .containsExactly("beats-majority");
    assertThat(run("plan", project.resolve("benchmarks/first.csv").toString()))
        .as(err.toString())
        .isEqualTo(BuckBench.OK);
    assertThat(out.toString()).contains("rows of film-moods, test in train: 0 of ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text,answer\\na,yes                  | found 1 different answers, expected 2 to 50 classes; name the column of the classes with --answer COLUMN
          text,kind\\na,yes                    | found the columns [text, kind], expected a column answer or label with the right answers; name the column with --answer COLUMN
          text,answer\\na,yes\\nb,            | :3 column answer: found nothing: the row has no right answer, expected the right answer; remove rows without an answer
          text,answer\\na,yes\\nb,no          | found 2 rows, expected at least 20, to train on, to validate and to test; give more rows
          text,answer\\n,yes\\nb,no           | found no column besides answer that has a text in every row, of [text, answer]
          text,answer\\na,x^y\\nb,no          | :2 column answer: found 'x^y', expected an answer on one line and without ^
          text,answer\\na                      | :2: found 1 values, expected 2 values
          """)
  void a_file_that_is_no_data_set_is_refused_and_nothing_is_written(String text, String message)
      throws IOException {
    Path file = dir.resolve("rows.csv");
    Files.writeString(file, text.replace("\\n", "\n").replace('^', '|') + "\n");
    Path project = dir.resolve("my");
    assertThat(run("init", project.toString(), "--data", file.toString()))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("rows.csv").contains(message.replace('^', '|'));
    assertThat(project).doesNotExist();
  }

  @Test
  void a_missing_file_and_an_answer_without_a_file_are_refused() {
    Path project = dir.resolve("my");
    assertThat(run("init", project.toString(), "--data", dir + "/none.jsonl"))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("none.jsonl: found no such file");
    assertThat(run("init", project.toString(), "--answer", "mood"))
        .isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .contains("--answer: found mood, expected also --data FILE; name the file");
  }

  @Test
  void nothing_is_overwritten() throws IOException {
    Files.writeString(dir.resolve("notes.txt"), "mine");
    assertThat(run("init", dir.toString())).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .isEqualTo(
            "error: DIR: found "
                + dir
                + " with notes.txt in it, expected a new or empty folder, since nothing is"
                + " overwritten; name another folder\n");
    assertThat(dir.resolve("benchmarks")).doesNotExist();
  }
}
