package io.buckbench.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.record.RunRecord;
import io.buckbench.report.SyntheticRuns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OriginTest {
  private static final RunRecord RUN = SyntheticSuite.record(SyntheticSuite.trial("full", 1), 20);
  private static final RunRecord LATER = SyntheticRuns.ofCommit(RUN, "another");

  @AfterEach
  void forget_the_property() {
    System.clearProperty("buckbench.reuse");
  }

  @Test
  void records_of_two_commits_are_not_put_together() {
    assertThat(Origin.same(RUN, RUN)).isTrue();
    assertThat(Origin.same(RUN, LATER)).isFalse();
  }

  @Test
  void records_that_were_paid_for_stand_whatever_the_program_has_become() {
    System.setProperty("buckbench.reuse", "SAME_INPUTS");
    assertThat(Origin.same(RUN, LATER)).isTrue();
  }
}
