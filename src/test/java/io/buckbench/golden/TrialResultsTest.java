package io.buckbench.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.eval.Prediction;
import io.buckbench.findings.RunFixtures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialResultsTest {
  @Test
  void answers_read_back_as_they_were_given() {
    List<Prediction> given = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      String text = i % 3 == 0 ? "yes" : i % 7 == 0 ? "###" : i % 11 == 0 ? "" : "no";
      given.add(new Prediction("row-" + i, "", i % 2 == 0, text, Double.NaN, Double.NaN));
    }
    TrialResults results = TrialResults.of(RunFixtures.run("lora_8", 1, given));
    assertThat(results.predictions(TestSet.of(given))).isEqualTo(given);
  }
}
