package io.buckbench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.eval.AnswerSheets;
import io.buckbench.eval.Prediction;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.report.chart.LossPlot;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialCsvTest {
  @Test
  void metrics_have_every_step_with_all_digits() {
    RunRecord run = SyntheticRuns.trial("lora-r4", "lora", 1, 30, 3);
    assertThat(TrialCsv.metrics(run))
        .isEqualTo(
            """
            step,loss,learning_rate,gradient_norm,tokens,seconds
            1,3.5,0.001,1.25,512,0.125
            2,1.75,0.001,1.25,512,0.125
            3,1.1666666666666667,0.001,1.25,512,0.125
            """);
  }

  @Test
  void the_ledger_shows_what_is_billed_and_the_arithmetic() {
    RunRecord run = SyntheticRuns.trial("lora-r4", "lora", 1, 30, 12);
    assertThat(TrialCsv.ledger(run))
        .isEqualTo(
            """
            line,seconds,usd,billed,note
            load,0.5,0.0000111,false,
            train,1.5,0.0000336,true,
            evaluate,2.5,0.0000556,false,
            spent,1.5,0.0000336,true,sum of the billed lines
            measured with,,,,"1 worker, 2 threads"
            budget,,0.0005,,"price card cpu-2, clock planned"
            steps,,,,"12 taken, 12 planned"
            arithmetic,,,,0.0005 USD at 0.08 USD an hour buys 22.5 s
            arithmetic,,,,"22.5 s at 0.125 s a step, rounded"
            """);
  }

  @Test
  void generated_texts_are_quoted() {
    RunRecord run = SyntheticRuns.trial("lora-r4", "lora", 1, 30, 1);
    List<Prediction> odd =
        List.of(AnswerSheets.yesNo("t:1", "binding", true, "yes, \"sure\"\nno", -0.5, -1.5));
    assertThat(
            TrialCsv.predictions(SyntheticRuns.with(run, RunStatus.COMPLETED, "", List.of(), odd)))
        .isEqualTo(
            """
            id,level,wanted,answer,correct,generated,log_prob_yes,log_prob_no
            t:1,binding,yes,other,false,"yes, ""sure""
            no",-0.5,-1.5
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ru", "de", "tr"})
  void every_locale_gives_the_same_bytes(String language) {
    RunRecord run = SyntheticRuns.trial("lora-r4", "lora", 1, 30, 300);
    String root = TrialCsv.metrics(run) + TrialCsv.ledger(run) + TrialCsv.predictions(run);
    String plot = LossPlot.svg(run);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      assertThat(TrialCsv.metrics(run) + TrialCsv.ledger(run) + TrialCsv.predictions(run))
          .isEqualTo(root);
      assertThat(LossPlot.svg(run)).isEqualTo(plot);
    } finally {
      Locale.setDefault(before);
    }
  }
}
