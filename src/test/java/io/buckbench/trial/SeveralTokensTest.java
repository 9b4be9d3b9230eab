package io.buckbench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.budget.Phase;
import io.buckbench.eval.Prediction;
import io.buckbench.findings.TrialScores;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.record.RunStore;
import io.buckbench.report.Judgement;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.page.ReportPage;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import io.buckbench.suite.TinyProject;
import io.buckbench.suite.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set with three answers of several tokens, from its file to its records. */
class SeveralTokensTest {
  private static final List<String> WORDS = List.of("good", "very bad indeed", "neither of both");

  @TempDir Path dir;
  private ProjectFixture project;

  @BeforeEach
  void project() throws IOException {
    project = new ProjectFixture(dir);
    TinyProject.fill(dir);
    StringBuilder rows = new StringBuilder("review,mood\n");
    for (int i = 0; i < 48; i++) {
      // The last row repeats the text of the first.
      rows.append("the film was ").append(i % 47).append(',').append(WORDS.get(i % 3)).append('\n');
    }
    project
        .write("datasets/moods/all.csv", rows.toString())
        .write("benchmarks/prompts/moods.txt", "cut: review\n---\nReview: {review}\nMood:\n")
        .write(
            "benchmarks/datasets.csv",
            "id,train,test,split,answer,answers,prompt\n"
                + "moods,moods/all.csv,moods/all.csv,80/20/1,mood,"
                + String.join("|", WORDS)
                + ",moods\n");
  }

  private static String[] changes(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "data=moods",
                "prompt=moods",
                "max_new_tokens=16",
                "test_items=12",
                "shots=",
                "max_steps="));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private List<RunRecord> run() {
    Suite suite = project.write().read();
    List<RunRecord> records = new ArrayList<>();
    try (TrialRunner runner = new TrialRunner(project.benchmarks())) {
      runner.check(suite);
      for (Trial trial : suite.trials()) {
        records.addAll(runner.run(trial, t -> dir.resolve("adapter"), TrialListener.NONE));
      }
    }
    assertThat(records).allMatch(record -> record.status() == RunStatus.COMPLETED);
    return records;
  }

  @Test
  void a_training_on_longer_answers_learns_and_records_them() throws IOException {
    project
        .row("lora", changes("usd=0.0002", "max_steps=30"))
        .untrained("untouched", "none", changes())
        .untrained("majority", "majority", changes(baseline()));
    List<RunRecord> records = run();
    RunRecord lora = records.get(0);
    RunRecord untouched = records.get(1);
    RunRecord majority = records.get(2);
    List<Integer> tokens = lora.data().answerTokens();
    assertThat(tokens).hasSize(3).allMatch(count -> count > 1);
    // A step has four answers, each with its end token.
    assertThat(lora.steps().get(0).loss()).isGreaterThan(lora.steps().get(29).loss());
    assertThat(rightAnswer(lora)).isGreaterThan(rightAnswer(untouched) + 1);
    assertThat(lora.data().answersAlone())
        .hasSize(3)
        .allMatch(logProb -> logProb < 0)
        .isNotEqualTo(untouched.data().answersAlone());
    assertThat(majority.data().answerTokens()).isEmpty();
    assertThat(majority.predictions()).extracting(Prediction::generated).containsOnly("good");
    TrialScores scored = TrialScores.of(lora, records);
    assertThat(scored.scores().orElseThrow().likelihood().informationAccuracy())
        .isBetween(0.0, 1.0);
    assertThat(lora.data().leaks().rows()).isEqualTo(12);
    assertThat(lora.data().leaks().whole()).as("test and train are one file").isPositive();
    assertThat(lora.data().leaks().byField()).containsOnlyKeys("review");

    RunStore store = new RunStore(dir.resolve("runs"));
    for (RunRecord record : records) {
      try (RunStore.Draft draft = store.draft()) {
        draft.commit(record);
      }
    }
    assertThat(store.read("t")).containsExactlyInAnyOrderElementsOf(records);
    assertThat(Files.readAllLines(dir.resolve("runs/t/majority/seed-1/confusion.csv")))
        .hasSize(1 + 3 * 4)
        .contains("very bad indeed,good,4", "very bad indeed,other,0");
    assertThat(ReportPage.page(SuiteReport.of(records, Judgement.NONE)))
        .contains("very bad indeed", "moods: " + lora.data().leaks());
  }

  private static double rightAnswer(RunRecord record) {
    return record.predictions().stream()
        .mapToDouble(p -> p.logProbs().get(p.wanted()))
        .average()
        .orElseThrow();
  }

  private static String[] baseline() {
    return new String[] {"model=", "prompt=", "max_tokens=", "max_new_tokens=", "test_batch_size="};
  }

  @Test
  void shots_are_drawn_from_the_seed_and_priced_by_their_answers() {
    project
        .untrained("untouched", "none", changes())
        .untrained("shown", "none", changes("shots=2", "seeds=1 2"))
        .untrained("same", "none", changes("shots=2", "max_tokens=119"));
    List<RunRecord> records = run();
    RunRecord untouched = records.get(0);
    RunRecord shown = records.get(1);
    assertThat(untouched.cost().spentUsd()).isZero();
    assertThat(shown.cost().spentUsd())
        .isPositive()
        .isEqualTo(
            shown.cost().entries().stream()
                .filter(entry -> entry.phase() == Phase.EVALUATE)
                .findFirst()
                .orElseThrow()
                .usd());
    assertThat(likelihoods(shown)).isNotEqualTo(likelihoods(untouched));
    assertThat(likelihoods(records.get(2))).as("another seed").isNotEqualTo(likelihoods(shown));
    assertThat(likelihoods(records.get(3))).as("the same seed").isEqualTo(likelihoods(shown));
    assertThat(TrialScores.of(shown, records).prior().orElseThrow())
        .as("the prior is that of the model that was shown nothing")
        .isEqualTo(TrialScores.of(untouched, records).prior().orElseThrow());
  }

  private static List<List<Double>> likelihoods(RunRecord record) {
    return record.predictions().stream().map(Prediction::logProbs).toList();
  }

  @Test
  void what_cannot_be_answered_or_shown_is_refused_before_a_trial() {
    project
        .row("short", changes("max_new_tokens=4"))
        .untrained("many", "none", changes("shots=49"))
        .untrained("long", "none", changes("shots=20"))
        .untrained("yes", "all-yes", changes(baseline()));
    List<String> problems =
        project.problemsOf(
            () -> {
              Suite suite = project.write().read();
              try (TrialRunner runner = new TrialRunner(project.benchmarks())) {
                runner.check(suite);
              }
            });
    assertThat(problems)
        .anySatisfy(
            p ->
                assertThat(p)
                    .startsWith(
                        "benchmarks/t.csv:2 column max_new_tokens: found 4, but the answer '")
                    .contains(
                        "expected at least the tokens of the longest answer; raise the number"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .startsWith("benchmarks/t.csv:3 column shots: found 49, expected at most ")
                    .endsWith(", the training rows of moods; lower the number"))
        .anySatisfy(p -> assertThat(p).contains("prompt moods after the shots", "or lower shots"))
        .contains(
            "benchmarks/t.csv:5 column method: found all-yes on moods, whose answers are "
                + WORDS
                + ", expected data with the answer yes; use the method majority");
    assertThat(
            project.onlyRow("trained", changes("shots=2")).problemsOf(() -> project.write().read()))
        .containsExactly(
            "benchmarks/t.csv:2 column shots: found '2', expected nothing, since lora does not use"
                + " it; clear the value");
    assertThat(
            project
                .onlyRow("x", changes())
                .untrained("bad", "none", changes("shots=-1"))
                .problemsOf(() -> project.write().read()))
        .singleElement()
        .asString()
        .startsWith("benchmarks/t.csv:3 column shots: found '-1'");
  }
}
