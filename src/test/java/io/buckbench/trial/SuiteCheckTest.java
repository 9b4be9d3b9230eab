package io.buckbench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import io.buckbench.suite.TinyProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteCheckTest {
  @TempDir Path dir;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
    TinyProject.fill(dir);
  }

  private List<String> problems() {
    Suite suite = project.write().read();
    return project.problemsOf(
        () -> {
          try (TrialRunner runner = new TrialRunner(project.benchmarks())) {
            runner.check(suite);
          }
        });
  }

  @Test
  void a_valid_suite_has_no_problems() {
    assertThat(project.row("a").row("b", "level=binding", "test_items=2")).isNotNull();
    assertThat(problems()).isEmpty();
  }

  @Test
  void all_problems_with_the_files_are_reported_together() {
    project
        .row("a", "level=bindnig")
        .row("b", "test_items=13")
        .row("c", "max_tokens=20")
        .row("d", "max_tokens=158")
        .row("e", "method=prompt", "variant=p192");
    assertThat(problems())
        .anySatisfy(
            p ->
                assertThat(p)
                    .startsWith("benchmarks/t.csv:2 column level: found 'bindnig'")
                    .contains("one of [binding, presence]"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .startsWith("benchmarks/t.csv:3 column test_items: found 13")
                    .contains("at most 12"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .startsWith("benchmarks/t.csv:4 column max_tokens, test.jsonl:1: found ")
                    .contains("tokens without its passage"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .isEqualTo(
                        "benchmarks/t.csv:5 column max_tokens: found 158 tokens, 0 virtual tokens"
                            + " and 3 new ones: 161 positions, expected at most 160, the"
                            + " positions of tiny; lower max_tokens"))
        .anySatisfy(p -> assertThat(p).startsWith("benchmarks/t.csv:6").contains("192"));
  }

  @Test
  void a_missing_model_is_reported_once_for_all_its_rows() throws IOException {
    Files.move(dir.resolve("models/tiny"), dir.resolve("models/gone"));
    project.row("a").row("b");
    assertThat(problems())
        .containsExactly(
            "models.csv model tiny: found no directory models/tiny, expected the model's files;"
                + " restore it");
  }

  @Test
  void shared_rows_are_counted_also_without_the_model() throws IOException {
    Files.move(dir.resolve("models/tiny"), dir.resolve("models/gone"));
    Suite suite = project.row("a").write().read();
    try (PromptPreview preview = new PromptPreview(project.benchmarks())) {
      assertThat(preview.truncated(suite.configurations().get(0))).isEmpty();
      assertThat(preview.leaks(suite.configurations().get(0)).get("test in train").rows())
          .isEqualTo(12);
    }
  }

  @Test
  void weights_with_another_digest_are_refused() {
    String digest = "0".repeat(64);
    project.write(
        "benchmarks/models.csv",
        "id,directory,hub,revision,sha256,licence,note\ntiny,models/tiny,,," + digest + ",x,\n");
    project.row("a");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("models.csv model tiny column sha256: found models/tiny/model.safetensors with")
        .endsWith(digest + "; fetch the model again, or correct the row");
  }

  @Test
  void a_missing_file_a_malformed_line_and_an_empty_split_are_refused() throws IOException {
    Path folder = dir.resolve("datasets/control");
    project.row("a");
    Files.writeString(folder.resolve("test.jsonl"), "");
    assertThat(problems())
        .containsExactly(
            "datasets/control/test.jsonl: found no rows, expected one JSON object a line; fetch the"
                + " file again");
    Files.writeString(folder.resolve("test.jsonl"), "{\"question\": \"is it\", \"passage\": ");
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("datasets/control/test.jsonl:1: found");
    Files.delete(folder.resolve("test.jsonl"));
    assertThat(problems())
        .singleElement()
        .asString()
        .startsWith("datasets/control/test.jsonl: found no such file");
  }
}
