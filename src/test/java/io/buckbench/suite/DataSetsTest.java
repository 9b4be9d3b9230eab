package io.buckbench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.input.Problem;
import io.buckbench.input.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every refusal of a declaration in {@code datasets.csv}: file, line, column, and what to do. */
class DataSetsTest {
  @TempDir Path dir;

  private List<String> problems(String header, String row) throws IOException {
    Path file = Files.writeString(dir.resolve("datasets.csv"), header + "\n" + row + "\n");
    Files.createDirectories(dir.resolve("prompts"));
    Files.copy(
        Path.of("benchmarks/prompts/harness.txt"),
        dir.resolve("prompts/harness.txt"),
        StandardCopyOption.REPLACE_EXISTING);
    Problems problems = new Problems();
    DataSets.read(file, dir, new Prompts(dir.resolve("prompts")), problems);
    return problems.list().stream()
        .map(Problem::toString)
        .map(text -> text.replace(dir + "/", ""))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          answers      ; yes             ; found 'yes', expected two or more different words or phrases separated by |, such as yes|no; correct the list
          answers      ; yes|Yes         ; found 'yes|Yes', expected two or more different words
          answers      ; yes|            ; found 'yes|', expected two or more different words
          format       ; tsv             ; found 'tsv', expected a known name; did you mean csv?
          labels       ; random          ; found 'random', expected a known name; write one of shuffled
          prompt       ; harnes          ; found 'harnes'
          split        ; 80/20           ; found '80/20', expected halves, or shares of train, validation and test such as 80/10/10; correct it, or leave it empty for 80/10/10
          split        ; 80/0/20         ; found '80/0/20', expected halves, or shares
          split        ; halves          ; found halves, expected a validation file to halve and no test file; name the file in column validation, or clear split
          split_seed   ; -1              ; found '-1'
          fields       ; text            ; found 'text', expected field=column; correct the pair; pairs are separated by |
          fields       ; text=           ; found 'text=', expected field=column
          fields       ; a=x|a=y         ; found 'a' twice, expected each once; remove one of the two
          values       ; 1=maybe         ; found '1=maybe', expected a value of the file = one of [yes, no]; correct the pair
          values       ; A=yes|a=no      ; found 'a' twice, expected each once
          held_out_texts ; 0             ; found '0', expected a whole number from 1 to 10000; correct the number
          sha256       ; abc             ; found 1 digests of 1 files, expected the SHA-256 of each file in 64 hexadecimal digits, separated by spaces; write the digests of sha256sum, or leave it empty
          """)
  void a_wrong_value_is_reported_with_file_line_and_column(
      String column, String value, String message) throws IOException {
    boolean answers = column.equals("answers");
    String header = "id,train" + (answers ? "" : ",answers") + "," + column;
    String row = "mine,mine.csv" + (answers ? "" : ",yes|no") + "," + value;
    assertThat(problems(header, row))
        .singleElement()
        .asString()
        .startsWith("datasets.csv:2 column " + column + ": " + message);
  }

  @Test
  void missing_and_repeated_names_and_unknown_columns_are_reported() throws IOException {
    assertThat(problems("id,train,answers", ",mine.csv,yes|no"))
        .singleElement()
        .asString()
        .startsWith("datasets.csv:2 column id: found nothing");
    assertThat(problems("id,train,answers", "mine,,yes|no"))
        .singleElement()
        .asString()
        .startsWith("datasets.csv:2 column train: found nothing");
    assertThat(problems("id,train,answers", "mine,a.csv,yes|no\nmine,b.csv,yes|no"))
        .singleElement()
        .asString()
        .startsWith("datasets.csv:3 column id: found");
    assertThat(problems("id,train,answer", "mine,a.csv,mood"))
        .anySatisfy(p -> assertThat(p).contains("answers"));
    assertThat(problems("id,train,answers,colour", "mine,a.csv,yes|no,red"))
        .anySatisfy(p -> assertThat(p).startsWith("datasets.csv:1").contains("colour"));
  }

  @Test
  void the_number_of_digests_is_that_of_the_files() throws IOException {
    String digest = "0".repeat(64);
    assertThat(problems("id,train,test,answers,sha256", "mine,a.csv,b.csv,yes|no," + digest))
        .singleElement()
        .asString()
        .startsWith("datasets.csv:2 column sha256: found 1 digests of 2 files");
    assertThat(
            problems(
                "id,train,test,answers,sha256", "mine,a.csv,b.csv,yes|no," + digest + " " + digest))
        .isEmpty();
  }

  @Test
  void the_shipped_data_sets_declare_what_they_are() throws IOException {
    Problems problems = new Problems();
    DataSets shipped =
        DataSets.read(
            Path.of("benchmarks/datasets.csv"),
            Path.of("datasets"),
            new Prompts(Path.of("benchmarks/prompts")),
            problems);
    problems.throwIfAny();
    assertThat(shipped.ids()).contains("control", "boolq", "boolq-clean");
    for (String id : shipped.ids()) {
      assertThat(shipped.declared(id).sha256()).as(id).hasSameSizeAs(shipped.files(id));
      assertThat(shipped.prompt(id).fields()).as(id).isEqualTo(Set.of("passage", "question"));
    }
    assertThat(shipped.read("control").test()).hasSize(1600);
  }
}
