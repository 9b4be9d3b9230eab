package io.buckbench.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import io.buckbench.model.LinearModule;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetModulesTest {
  @Test
  void a_name_matches_in_every_layer_in_the_order_of_the_model() {
    assertThat(paths(named("q_proj", "v_proj").in(Shapes.TINY_BEFORE)))
        .containsExactly(
            "0.self_attn.v_proj", "0.self_attn.q_proj", "1.self_attn.v_proj", "1.self_attn.q_proj");
  }

  @Test
  void a_name_matches_if_the_full_name_ends_in_it() {
    assertThat(paths(named("layers.1.fc2", "0.self_attn.out_proj").in(Shapes.TINY_BEFORE)))
        .containsExactly("0.self_attn.out_proj", "1.fc2");
  }

  @Test
  void a_single_string_is_an_expression_for_the_full_name() {
    assertThat(paths(TargetModules.matching(".*\\.1\\..*(k|v)_proj").in(Shapes.TINY_BEFORE)))
        .containsExactly("1.self_attn.k_proj", "1.self_attn.v_proj");
    assertThat(TargetModules.matching("all-linear").in(Shapes.TINY_BEFORE)).hasSize(12);
  }

  @Test
  void names_and_expressions_that_match_no_module_are_reported() {
    assertThatThrownBy(() -> named("layers.7.fc1", "fc2").in(Shapes.TINY_BEFORE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found layers.7.fc1, which matches no module of this model")
        .hasMessageNotContaining("found fc2");
    assertThatThrownBy(() -> TargetModules.matching("q_proj").in(Shapes.TINY_BEFORE))
        .hasMessageContaining("found q_proj, which matches no module");
  }

  @Test
  void an_unknown_name_and_an_invalid_expression_are_refused() {
    assertThatThrownBy(() -> named("c_attn", "lm_head"))
        .hasMessageContaining("the module c_attn")
        .hasMessageContaining("the module lm_head");
    assertThatThrownBy(() -> TargetModules.matching("(q_proj"))
        .hasMessageContaining("expected a regular expression");
  }

  private static TargetModules named(String... names) {
    return TargetModules.named(List.of(names));
  }

  private static List<String> paths(List<LinearModule> modules) {
    return modules.stream()
        .map(module -> module.path().replace("model.decoder.layers.", ""))
        .toList();
  }
}
