package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReportPlaceTest {
  @Test
  void links_lead_from_the_allure_report_to_the_report_of_the_suite() {
    assertThat(base("target/report/smoke", "target/allure-report")).isEqualTo("../report/smoke/");
    assertThat(base("target/report/smoke.part", "target/allure-report.part"))
        .isEqualTo("../report/smoke.part/");
    assertThat(base("../my/target/report/second", "target/allure-report-second"))
        .as("a suite of another project has its report there")
        .isEqualTo("../../../my/target/report/second/");
    assertThat(base("target/report/a b#c", "target/allure-report"))
        .isEqualTo("../report/a%20b%23c/");
  }

  private static String base(String folder, String allure) {
    return ReportPlace.base(Path.of(folder), Path.of(allure));
  }
}
