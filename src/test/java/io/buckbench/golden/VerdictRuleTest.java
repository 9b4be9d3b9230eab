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
    "REFUTED, SUPPORTED, BY_DIRECTION, true"
  })
  void a_change_breaks_a_verdict_as_its_rule_says(
      Verdict accepted, Verdict now, VerdictRule rule, boolean broken) {
    assertThat(rule.brokenBy(accepted, now)).isEqualTo(broken);
  }

  @ParameterizedTest
  @EnumSource(VerdictRule.class)
  void not_run_on_either_side_breaks_no_verdict(VerdictRule rule) {
    assertThat(rule.brokenBy(Verdict.SUPPORTED, Verdict.NOT_RUN)).isFalse();
    assertThat(rule.brokenBy(Verdict.NOT_RUN, Verdict.REFUTED)).isFalse();
  }

  @Test
  void bits_that_may_differ_relax_the_rule() {
    assertThat(VerdictRule.ofSuite(true)).isEqualTo(VerdictRule.EXACTLY);
    assertThat(VerdictRule.ofSuite(false)).isEqualTo(VerdictRule.BY_DIRECTION);
  }

  @Test
  void an_opposite_verdict_on_another_machine_needs_fresh_seeds_that_show_it_too() {
    VerdictRule rule = VerdictRule.BY_DIRECTION;
    assertThat(rule.brokenBy(Verdict.SUPPORTED, Verdict.REFUTED, Verdict.REFUTED)).isTrue();
    assertThat(rule.brokenBy(Verdict.SUPPORTED, Verdict.REFUTED, Verdict.NOT_RUN)).isTrue();
    assertThat(rule.brokenBy(Verdict.SUPPORTED, Verdict.REFUTED, Verdict.SUPPORTED)).isFalse();
    assertThat(rule.brokenBy(Verdict.SUPPORTED, Verdict.REFUTED, Verdict.INCONCLUSIVE)).isFalse();
    assertThat(VerdictRule.EXACTLY.brokenBy(Verdict.SUPPORTED, Verdict.REFUTED, Verdict.SUPPORTED))
        .as("equal bits are promised")
        .isTrue();
  }
}
