package io.buckbench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.data.TokenBatch;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The places of dropout in training, and its absence otherwise. Dropping nearly everything is like
 * zero weights before the dropout, which shows its place without a reference's random numbers.
 */
class DropoutTest {
  /** The probability that any of the few thousand elements survives is about one in thousands. */
  private static final double NEARLY_ALL = 0.9999999;

  private static final TokenBatch BATCH =
      CausalLMTest.batch(new int[] {20, 13, 9}, 3, true)
          .labelled(new int[][] {{18, 19}, {11, 12}, {3, 8}})
          .tokens();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hidden_states_are_dropped_after_attention_and_after_feed_forward(boolean before) {
    double dropped = training(config(before, NEARLY_ALL, 0, 0));
    assertThat(dropped).isCloseTo(without(before, "self_attn.out_proj", "fc2"), within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void attention_probabilities_are_dropped_before_the_values(boolean before) {
    double dropped = training(config(before, 0, NEARLY_ALL, 0));
    assertThat(dropped).isCloseTo(without(before, "self_attn.v_proj"), within(1e-6));
  }

  @Test
  void a_skipped_layer_returns_its_input() {
    double dropped = training(config(true, 0, 0, NEARLY_ALL));
    assertThat(dropped).isCloseTo(without(true, "self_attn.out_proj", "fc2"), within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothing_is_dropped_outside_training(boolean before) {
    double kept = loss(config(before), false);
    assertThat(loss(config(before, 0.5, 0.5, 0.5), false)).isEqualTo(kept);
    assertThat(training(config(before, 0.5, 0, 0))).isNotCloseTo(kept, within(1e-3));
    assertThat(training(config(before, 0, 0.5, 0))).isNotCloseTo(kept, within(1e-3));
  }

  private static Architecture config(boolean before) {
    return CausalLMTest.config(before);
  }

  private static Architecture config(
      boolean before, double hidden, double attention, double layer) {
    Object[] dropout = {"dropout", hidden, "attention_dropout", attention, "layerdrop", layer};
    return before ? TestModels.opt(dropout) : TestModels.optAfter(dropout);
  }

  private static double training(Architecture config) {
    return loss(config, true);
  }

  private static double loss(Architecture config, boolean training) {
    try (CausalLM model = CausalLM.random(config, 7)) {
      return loss(model, training);
    }
  }

  private static double loss(CausalLM model, boolean training) {
    Torch.seed(5);
    try (NDManager step = Torch.newManager()) {
      return model.loss(step, BATCH, Seams.none(), training).mean();
    }
  }

  /**
   * The loss of the same model with zero weights in some projections, whose biases are zero too.
   */
  private static double without(boolean before, String... projections) {
    try (CausalLM model = CausalLM.random(config(before), 7)) {
      for (int layer = 0; layer < model.architecture().shape().layers(); layer++) {
        for (String projection : projections) {
          NDArray weight =
              model.weight("model.decoder.layers." + layer + "." + projection + ".weight");
          try (NDArray zeros = Tensors.zeros(weight.getManager(), Tensors.shape(weight))) {
            Tensors.copyInto(weight, zeros);
          }
        }
      }
      return loss(model, false);
    }
  }
}
