package io.buckbench.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStatus;
import io.buckbench.report.SyntheticRuns;
import io.buckbench.train.StepMetric;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class LossPlotTest {
  @Test
  void a_thousand_steps_take_less_than_20_kilobytes() throws Exception {
    String svg = LossPlot.svg(SyntheticRuns.trial("lora-r4", "lora", 1, 30, 1000));
    assertThat(svg.getBytes(StandardCharsets.UTF_8).length).isLessThan(20_000);
    assertThat(text(svg))
        .contains("mini lora-r4, seed 1", "training loss, mean of 4 steps", "step");
  }

  @Test
  void few_steps_are_one_point_each() throws Exception {
    assertThat(text(LossPlot.svg(SyntheticRuns.trial("lora-r4", "lora", 1, 30, 5))))
        .contains("loss")
        .doesNotContain("mean of");
  }

  @Test
  void losses_that_are_not_finite_are_counted_in_the_title() throws Exception {
    RunRecord run = SyntheticRuns.trial("full", "full", 1, 30, 2);
    List<StepMetric> steps =
        List.of(run.steps().get(0), run.steps().get(1), new StepMetric(3, Double.NaN, 1, 1, 1, 1));
    assertThat(
            text(LossPlot.svg(SyntheticRuns.with(run, RunStatus.DIVERGED, "", steps, List.of()))))
        .contains("training loss, 1 not finite");
  }

  @Test
  void the_title_of_an_untrained_row_says_so() throws Exception {
    assertThat(text(LossPlot.svg(SyntheticRuns.allYes(1)))).contains("nothing trained");
  }

  @Test
  void text_from_data_is_escaped() throws Exception {
    String svg = LossPlot.svg(SyntheticRuns.trial("<script>alert(1)</script>", "lora", 1, 30, 5));
    assertThat(svg).doesNotContain("<script");
    assertThat(text(svg)).contains("<script>");
  }

  private static String text(String svg) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    return document.getDocumentElement().getTextContent();
  }
}
