package io.buckbench.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarginDriftTest {
  @TempDir Path folder;

  private List<Statement> statements(String rows) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("hypotheses.csv"),
            "id,claim,suites,subject,reference,metric,by,margin,min_effect,sentence,declared,source,"
                + "supersedes\n"
                + rows);
    return Hypotheses.read(file).statements("mini");
  }

  @Test
  void margins_that_superseded_each_other_are_listed_and_those_easier_to_keep_are_counted()
      throws IOException {
    List<Statement> statements =
        statements(
            """
            near,stays-near,mini,method=lora,method=full,accuracy,,3,0,It is near,2026-01-01,ours,
            near-2,stays-near,mini,method=lora,method=full,accuracy,,2,0,It is near,2026-01-02,ours,near
            near-3,stays-near,mini,method=lora,method=full,accuracy,,10,0,It is near,2026-01-03,ours,near-2
            least,at-least,mini,method=lora,,accuracy,,70,0,It is good,2026-01-01,ours,
            least-2,at-least,mini,method=lora,,accuracy,,75,0,It is better,2026-01-02,ours,least
            other,at-most,mini,method=lora,,parse-rate,,50,0,It is silent,2026-01-02,ours,
            """);
    assertThat(statements).extracting(Statement::id).containsExactly("near-3", "least-2", "other");
    assertThat(statements.get(0).margins()).containsExactly(3.0, 2.0, 10.0);
    assertThat(statements.get(0).loosened()).as("3 to 2 is harder").isEqualTo(1);
    assertThat(statements.get(1).loosened()).as("at least 75 is harder").isZero();
    assertThat(Drift.of(List.of(), statements))
        .extracting(Drift::toString)
        .containsExactly(
            "near-3: margin 3 points -> 10 points, +7 points, loosened by 1 of 3 hypotheses",
            "least-2: margin 70 points -> 75 points, +5 points, loosened by 0 of 2 hypotheses");
  }

  @Test
  void margins_of_another_kind_of_claim_or_metric_are_not_compared() throws IOException {
    List<Statement> statements =
        statements(
            """
            a,at-least,mini,method=lora,,accuracy,,70,0,It is good,2026-01-01,ours,
            b,at-most,mini,method=lora,,accuracy,,60,0,It is bad,2026-01-02,ours,a
            c,at-most,mini,method=lora,,parse-rate,,50,0,It is silent,2026-01-03,ours,b
            """);
    assertThat(statements.get(0).margins()).containsExactly(50.0);
    assertThat(Drift.of(List.of(), statements)).isEmpty();
  }
}
