package io.buckbench.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsTest {
  @Test
  void a_name_matches_in_every_layer_in_the_order_of_the_model() {
    assertThat(in(Shapes.TINY_BEFORE, named("q_proj", "v_proj")))
        .containsExactly(
            "0.self_attn.v_proj", "0.self_attn.q_proj", "1.self_attn.v_proj", "1.self_attn.q_proj");
  }

  @Test
  void all_linear_is_every_linear_module_but_the_head() {
    TargetModules all = TargetModules.matching("all-linear");
    assertThat(in(Shapes.TINY_BEFORE, all)).hasSize(12).doesNotContain("lm_head");
    assertThat(in(Shapes.TINY_AFTER, all))
        .hasSize(14)
        .startsWith("model.decoder.project_out", "model.decoder.project_in");
  }

  @Test
  void names_and_expressions_that_match_no_module_are_reported() {
    assertThatThrownBy(() -> in(Shapes.TINY_BEFORE, named("layers.7.fc1", "fc2")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found layers.7.fc1, which matches no module of this model")
        .hasMessageContaining("k_proj, v_proj")
        .hasMessageNotContaining("found fc2");
    assertThatThrownBy(() -> in(Shapes.TINY_BEFORE, TargetModules.matching("q_proj")))
        .hasMessageContaining("found q_proj, which matches no module");
  }

  @Test
  void a_module_that_the_method_cannot_change_is_named() {
    assertThatThrownBy(() -> in(Shapes.TINY_BEFORE, TargetModules.matching(".*layer_norm|.*fc1")))
        .hasMessageContaining("layers.0.self_attn_layer_norm, which is not a linear module");
    assertThatThrownBy(() -> in(Shapes.TINY_BEFORE, named("self_attn")))
        .hasMessageContaining("layers.1.self_attn, which is not a linear module");
  }

  private static TargetModules named(String... names) {
    return TargetModules.named(List.of(names));
  }

  private static List<String> in(Architecture model, TargetModules modules) {
    return Targets.of(Optional.of(modules))
        .in(model, List.of(), m -> m.linear().isPresent(), "a linear module")
        .stream()
        .map(module -> module.path().replace("model.decoder.layers.", ""))
        .toList();
  }
}
