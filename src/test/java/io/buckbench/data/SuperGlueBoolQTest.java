package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.files.Digests;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class SuperGlueBoolQTest {
  private static final String ROW =
      "{\"question\": \"is it\", \"passage\": \"Caf\u00e9 -- A -- \\\"b\\\".\", \"idx\": 0,"
          + " \"label\": true}\n";
  private static final String WRITTEN =
      "{\"question\": \"is it\", \"passage\": \"A -- \\\"b\\\".\", \"answer\": true}\n";

  @TempDir Path directory;

  private Path zip(String... namesAndTexts) throws IOException {
    Path file = directory.resolve("BoolQ.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry("BoolQ/" + namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }

  private static String sha256(String text) {
    return Digests.ofText(text);
  }

  @Test
  void rows_lose_their_title_and_are_otherwise_unchanged() throws IOException {
    Path zip = zip("train.jsonl", ROW + ROW, "val.jsonl", ROW);
    SuperGlueBoolQ expected = new SuperGlueBoolQ(sha256(WRITTEN + WRITTEN), sha256(WRITTEN));
    assertThat(expected.isIn(directory)).isFalse();
    expected.unpack(zip, directory);
    assertThat(expected.isIn(directory)).isTrue();
    assertThat(directory.resolve("train.jsonl")).hasContent(WRITTEN + WRITTEN);
    assertThat(TestData.yesNo(directory.resolve("validation.jsonl")))
        .containsExactly(Example.yesNo("validation.jsonl:1", "is it", "A -- \"b\".", true, ""));
  }

  @Test
  void rows_that_are_not_those_of_boolq_are_refused_and_nothing_is_written() throws IOException {
    Path zip = zip("train.jsonl", ROW, "val.jsonl", ROW);
    assertThatThrownBy(() -> SuperGlueBoolQ.PUBLISHED.unpack(zip, directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("train.jsonl: found 1 rows that give sha256 " + sha256(WRITTEN))
        .hasMessageContaining("expected BoolQ's, sha256 " + SuperGlueBoolQ.PUBLISHED.trainSha256());
    assertThat(directory.resolve("train.jsonl")).doesNotExist();
    Path other = zip("train.jsonl", ROW.replace(" -- ", " "), "val.jsonl", ROW);
    assertThatThrownBy(() -> SuperGlueBoolQ.PUBLISHED.unpack(other, directory))
        .hasMessageContaining("train.jsonl:1 key passage: found \"Caf\u00e9 A");
    Path broken = zip("train.jsonl", "{", "val.jsonl", ROW);
    assertThatThrownBy(() -> SuperGlueBoolQ.PUBLISHED.unpack(broken, directory))
        .hasMessageContaining("train.jsonl:1: found Unexpected end-of-input");
    Path none = zip("train.jsonl", ROW);
    assertThatThrownBy(() -> new SuperGlueBoolQ(sha256(WRITTEN), "").unpack(none, directory))
        .hasMessageContaining("no BoolQ/val.jsonl");
    Path page = Files.writeString(directory.resolve("page"), "<html>not found</html>");
    assertThatThrownBy(() -> SuperGlueBoolQ.PUBLISHED.unpack(page, directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("page: found a file that is not an archive");
  }

  @Test
  void existing_files_with_other_content_are_refused() throws IOException {
    Files.writeString(directory.resolve("train.jsonl"), WRITTEN);
    Files.writeString(directory.resolve("validation.jsonl"), WRITTEN);
    assertThatThrownBy(() -> SuperGlueBoolQ.PUBLISHED.isIn(directory))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("train.jsonl: found sha256 " + sha256(WRITTEN))
        .hasMessageContaining("validation.jsonl: found sha256 ");
  }

  @Test
  void the_pinned_digests_are_those_of_the_dataset_folder() throws IOException {
    assertThat(Path.of("datasets/boolq/SHA256SUMS"))
        .hasContent(
            SuperGlueBoolQ.PUBLISHED.trainSha256()
                + "  train.jsonl\n"
                + SuperGlueBoolQ.PUBLISHED.validationSha256()
                + "  validation.jsonl\n");
  }

  /** -Dbuckbench.boolq=DIR: the published files, with titles that are added and removed again. */
  @Test
  @EnabledIfSystemProperty(
      named = "buckbench.boolq",
      matches = ".+",
      disabledReason = "needs BoolQ's files: fetch them, then -Dbuckbench.boolq=datasets/boolq")
  void the_published_rows_with_titles_added_give_the_pinned_digests() throws IOException {
    Path boolq = Path.of(System.getProperty("buckbench.boolq"));
    Path zip =
        zip(
            "train.jsonl", titled(boolq.resolve("train.jsonl")),
            "val.jsonl", titled(boolq.resolve("validation.jsonl")));
    SuperGlueBoolQ.PUBLISHED.unpack(zip, directory);
    assertThat(directory.resolve("train.jsonl"))
        .hasSameBinaryContentAs(boolq.resolve("train.jsonl"));
    assertThat(directory.resolve("validation.jsonl"))
        .hasSameBinaryContentAs(boolq.resolve("validation.jsonl"));
  }

  private static String titled(Path file) throws IOException {
    return Files.readString(file)
        .replace("\"passage\": \"", "\"passage\": \"A title -- ")
        .replace("\"answer\": ", "\"label\": ");
  }
}
