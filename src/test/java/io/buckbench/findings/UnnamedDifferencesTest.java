package io.buckbench.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.record.Declaration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnnamedDifferencesTest {
  @TempDir Path dir;
  private final List<ComparedRow> rows = new ArrayList<>();

  /** Declares a row: {@code column=value}, or {@code file.key=value} for its method file. */
  private UnnamedDifferencesTest row(String id, String method, String... values) {
    Map<String, String> columns = new LinkedHashMap<>(Map.of("data", "control"));
    columns.put("id", id);
    columns.put("method", method);
    Map<String, String> file = new LinkedHashMap<>();
    for (String value : values) {
      String[] pair = value.split("=", 2);
      if (pair[0].startsWith("file.")) {
        file.put(pair[0].substring("file.".length()), pair[1]);
      } else {
        columns.put(pair[0], pair[1]);
      }
    }
    rows.add(new ComparedRow(new Declaration(columns), file));
    return this;
  }

  private List<String> differences(String hypothesis) throws IOException {
    Path file = dir.resolve("hypotheses.csv");
    Files.writeString(file, String.join(",", Hypotheses.COLUMNS) + "\n" + hypothesis + "\n");
    return Hypotheses.read(file).unnamedDifferences("t", rows).stream()
        .map(UnnamedDifference::toString)
        .toList();
  }

  private static String grows(String by) {
    return "grows,increases-with,t,method=lora,,accuracy," + by + ",0,1,It grows,2026-11-26,ours";
  }

  private static String beats(String subject, String reference) {
    return "b,beats,t,%s,%s,accuracy,,0,1,It beats,2026-11-26,ours".formatted(subject, reference);
  }

  @Test
  void rows_of_one_method_are_compared_in_columns_and_in_the_keys_of_their_method_files()
      throws IOException {
    row("r2", "lora", "variant=r2", "learning_rate=6e-3", "file.r=2", "file.dropout=0.05");
    row("r8", "lora", "variant=r8", "learning_rate=3e-3", "file.r=8", "file.dropout=0.05");
    row("r16", "lora", "variant=r16", "learning_rate=3e-3", "file.r=16");
    row("full", "full", "variant=full", "learning_rate=1e-3");
    assertThat(differences(grows("r")))
        .containsExactly(
            "grows: learning_rate 6e-3 (r2), 3e-3 (r8, r16)",
            "grows: dropout 0.05 (r2, r8), default (r16)");
    assertThat(differences(grows("trainable-parameters")))
        .contains("grows: r 2 (r2), 8 (r8), 16 (r16)");
  }

  @Test
  void rows_of_different_methods_are_compared_in_the_columns_that_both_fill_in()
      throws IOException {
    row("lora", "lora", "variant=r8", "learning_rate=3e-3", "batch_size=16", "file.r=8");
    row("full", "full", "variant=full", "learning_rate=1e-3", "batch_size=8", "file.x=1");
    row("none", "none", "learning_rate=", "batch_size=");
    assertThat(differences(beats("method=lora", "method=full")))
        .containsExactly(
            "b: learning_rate 3e-3 (lora), 1e-3 (full)", "b: batch_size 16 (lora), 8 (full)");
    assertThat(differences(beats("method=lora", "method=none"))).isEmpty();
    assertThat(differences(beats("method=lora", "method=full & batch_size=8")))
        .containsExactly("b: learning_rate 3e-3 (lora), 1e-3 (full)");
    assertThat(differences(beats("configuration=lora", "configuration=full")))
        .startsWith("b: method lora (lora), full (full)");
  }

  @Test
  void rows_that_only_differ_in_what_is_no_setting_of_a_training_do_not_differ()
      throws IOException {
    row("a", "lora", "throughput=x", "seeds=1 2", "note=first", "model=big");
    row("b", "lora", "throughput=y", "seeds=1", "note=second", "model=small");
    assertThat(differences(beats("model=big", "model=small"))).isEmpty();
  }

  @Test
  void rows_that_are_not_compared_do_not_differ() throws IOException {
    row("a", "lora", "learning_rate=1");
    row("other data", "full", "learning_rate=2", "data=shuffled");
    row("validation", "full", "learning_rate=3", "split=validation");
    assertThat(differences(beats("method=lora", "method=full"))).isEmpty();
    assertThat(differences(beats("method=lora", "@all-yes"))).isEmpty();
    assertThat(differences("x,at-least,t,method=*,,accuracy,,5,1,It is,2026-11-26,ours")).isEmpty();
  }

  @Test
  void without_a_method_file_the_variant_is_compared() throws IOException {
    row("r2", "lora", "variant=r2").row("r8", "lora", "variant=r8");
    assertThat(differences(grows("trainable-parameters")))
        .containsExactly("grows: variant r2 (r2), r8 (r8)");
  }
}
