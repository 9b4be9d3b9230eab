package io.buckbench.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.findings.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictRuleTest {
  @ParameterizedTest
  @CsvSource({
    "SUPPORTED, INCONCLUSIVE, EXACTLY, true",
    "SUPPORTED, SUPPORTED, EXACTLY, false",
    "SUPPORTED, INCONCLUSIVE, BY_DIRECTION, false",
    "INCONCLUSIVE, REFUTED, BY_DIRECTION, false",
    "SUPPORTED, REFUTED, BY_DIRECTION, true",
    "REFUTED, SUPPORTED, BY_DIRECTION, true",
    "REFUTED, SUPPORTED, NOT_AT_ALL, false"
  })
  void another_machine_may_make_a_suites_verdict_less_sure_and_never_turn_it(
      Verdict accepted, Verdict now, VerdictRule rule, boolean broken) {
    assertThat(rule.brokenBy(accepted, now)).isEqualTo(broken);
  }

  @ParameterizedTest
  @EnumSource(VerdictRule.class)
  void what_was_not_run_breaks_nothing_on_either_side(VerdictRule rule) {
    assertThat(rule.brokenBy(Verdict.SUPPORTED, Verdict.NOT_RUN)).isFalse();
    assertThat(rule.brokenBy(Verdict.NOT_RUN, Verdict.REFUTED)).isFalse();
  }

  @Test
  void where_bits_may_differ_a_suite_binds_by_direction_and_one_trial_not_at_all() {
    assertThat(VerdictRule.ofSuite(true)).isEqualTo(VerdictRule.EXACTLY);
    assertThat(VerdictRule.ofSuite(false)).isEqualTo(VerdictRule.BY_DIRECTION);
    assertThat(VerdictRule.ofTrial(true)).isEqualTo(VerdictRule.EXACTLY);
    assertThat(VerdictRule.ofTrial(false)).isEqualTo(VerdictRule.NOT_AT_ALL);
  }
}
