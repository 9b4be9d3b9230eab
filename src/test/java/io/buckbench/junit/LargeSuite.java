package io.buckbench.junit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.data.Answers;
import io.buckbench.eval.Prediction;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.SuiteRuns;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.SuiteResults;
import io.buckbench.record.RunCopy;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import io.buckbench.suite.TinyProject;
import io.buckbench.suite.Trial;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A project with a suite {@code t} of 504 trials on 1,600 items, with invented records and accepted
 * results. One row regressed; another one collapsed on some seeds.
 *
 * @param root the project's folder
 * @param questions the test items by id
 */
record LargeSuite(Path root, Map<String, Question> questions) {
  static final int TRIALS = 504;
  static final int ITEMS = 1600;
  static final String REGRESSED = "lora_00";
  static final String COLLAPSED = "full_01";
  private static final int ROWS = 63;
  private static final int STEPS = 280;
  private static final List<String> VARIANTS =
      List.of("lora/r4_qv", "full/full", "ia3/default", "prompt/p8", "ptuning/p8_h64", "prefix/p8");

  /** Writes the project with its records. */
  static LargeSuite write(Path root) throws IOException {
    TinyProject.fill(root);
    Path test = root.resolve("datasets/control/test.jsonl");
    List<String> items = Files.readAllLines(Path.of("datasets/control/test.jsonl"));
    Files.write(test, items.subList(0, ITEMS));
    ProjectFixture project =
        new ProjectFixture(root)
            .write(
                "benchmarks/hypotheses.csv",
                """
                id,claim,suites,subject,reference,metric,by,margin,min_effect,sentence,declared,source
                all-beat-always-yes,beats,t,method=*,@all-yes,accuracy,,0,2,Every row beats always-yes,2026-01-01,a test
                """);
    for (int row = 0; row < ROWS; row++) {
      String[] variant = VARIANTS.get(row % VARIANTS.size()).split("/");
      project.row(
          String.format("%s_%02d", variant[0], row),
          "method=" + variant[0],
          "variant=" + variant[1],
          "test_items=" + ITEMS,
          "usd=0.0000" + (1 + row % 3),
          "seeds=1 2 3 4 5 6 7 8");
    }
    Map<String, Question> questions = new LinkedHashMap<>();
    List<Prediction> asked = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      JsonNode item = new ObjectMapper().readTree(items.get(i));
      String id = "test.jsonl:" + (i + 1);
      questions.put(
          id, new Question(item.path("question").asText(), item.path("passage").asText()));
      int wanted = item.path("answer").asBoolean() ? 0 : 1;
      asked.add(Prediction.withoutModel(id, "", Answers.YES_NO, wanted, ""));
    }
    LargeSuite suite = new LargeSuite(root, questions);
    suite.write(project.write().read(), asked);
    return suite;
  }

  private void write(Suite suite, List<Prediction> asked) throws IOException {
    RunStore store = new RunStore(root.resolve("target/runs"));
    List<RunRecord> accepted = new ArrayList<>();
    for (Trial trial : suite.recorded()) {
      RunRecord run = record(trial, asked, false);
      accepted.add(run);
      boolean regressed = trial.configuration().id().equals(REGRESSED);
      try (RunStore.Draft draft = store.draft()) {
        draft.commit(regressed ? record(trial, asked, true) : run);
      }
    }
    new GoldenStore(root.resolve("golden"))
        .write(SuiteResults.of(accepted, new SuiteRuns("t", accepted, 0).findings(hypotheses())));
  }

  Hypotheses hypotheses() {
    return Hypotheses.read(root.resolve("benchmarks/hypotheses.csv"));
  }

  private static RunRecord record(Trial trial, List<Prediction> asked, boolean regressed) {
    String row = trial.configuration().id();
    int number = Integer.parseInt(row.substring(row.length() - 2));
    SplittableRandom random = new SplittableRandom(1000L * number + trial.seed());
    boolean collapsed = row.equals(COLLAPSED) && trial.seed() > 5;
    double chance = regressed ? 0.66 : 0.7 + number * 0.002;
    List<Prediction> answers = new ArrayList<>();
    for (Prediction item : asked) {
      boolean right = random.nextDouble() < chance;
      boolean yes = collapsed || right == (item.wanted() == 0);
      double odds = (yes ? 1 : -1) * (0.1 + 2 * random.nextDouble());
      double sum = 0.01 * random.nextDouble();
      answers.add(
          Prediction.of(
              item.id(),
              "",
              Answers.YES_NO,
              item.wanted(),
              yes ? "yes" : "no",
              List.of((double) (float) (odds / 2 - 1 - sum), (double) (float) (-odds / 2 - 1))));
    }
    List<StepMetric> steps =
        IntStream.rangeClosed(1, STEPS)
            .mapToObj(
                i ->
                    new StepMetric(
                        i,
                        0.3 + 3.0 / i + 0.1 * random.nextDouble(),
                        0.01 * i / STEPS,
                        random.nextDouble(),
                        512,
                        0.02 * random.nextDouble()))
            .toList();
    RunCopy like =
        RunCopy.of(
                SyntheticRuns.trial(
                    row, trial.configuration().method().name(), trial.seed(), 30, STEPS))
            .suite("t")
            .declared(trial.configuration().declared())
            .inputs(Map.of())
            .steps(steps)
            .predictions(answers);
    return regressed ? like.commit("fedcba9876543210").record() : like.record();
  }
}
