package io.buckbench.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares each function and its gradient with the operators that it replaces. */
@SuppressWarnings("try") // modes are used only for their close()
class ScriptedOpsTest {
  private static final float HIDDEN = Precision.FLOAT32.hidden();

  private final SplittableRandom random = new SplittableRandom(4);
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = Torch.newManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray leaf(long... shape) {
    NDArray leaf = Init.normal(manager, random, 0, 1, shape);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  @Test
  void attention_and_its_gradients_equal_softmax_of_scaled_scores() {
    ScriptedOps ops = new ScriptedOps(manager, -1, 0.25, 0);
    // The last query sees no key, as a row of padding, and no loss depends on it.
    float[] mask = new float[2 * 5 * 7];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % 7 > i / 7 % 5 + 2 || i / 7 == 9 ? HIDDEN : 0;
    }
    NDArray hidden = Tensors.of(manager, mask, 2, 1, 5, 7);
    List<NDArray> leaves = List.of(leaf(2, 3, 5, 16), leaf(2, 3, 7, 16), leaf(2, 3, 7, 16));
    float[] seen = new float[2 * 5];
    Arrays.fill(seen, 0, 9, 1);
    NDArray slope =
        Ops.mul(
            Init.normal(manager, random, 0, 1, 2, 3, 5, 16), Tensors.of(manager, seen, 2, 1, 5, 1));
    List<float[]> expected;
    List<float[]> found;
    try (GradMode on = GradMode.on()) {
      NDArray scores =
          Ops.matmul(
              Ops.mul(leaves.get(0), Tensors.scalar(manager, 0.25f)),
              Ops.transpose(leaves.get(1), 2, 3));
      NDArray mixed = Ops.matmul(Ops.add(scores, hidden).softmax(-1), leaves.get(2));
      expected = valueAndGradients(mixed, slope, leaves);
      NDArray fused = ops.attention(leaves.get(0), leaves.get(1), leaves.get(2), hidden, true);
      found = valueAndGradients(fused, slope, leaves);
    }
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).containsExactly(expected.get(i), within(1e-5f));
    }
  }

  @Test
  void dropout_acts_on_attention_in_training_only_and_keeps_the_mean() {
    ScriptedOps ops = new ScriptedOps(manager, -1, 0.25, 0.5);
    NDArray query = Tensors.zeros(manager, 1, 1, 2000, 4);
    NDArray key = Tensors.zeros(manager, 1, 1, 8, 4);
    float[] ones = new float[8 * 4];
    Arrays.fill(ones, 1);
    NDArray value = Tensors.of(manager, ones, 1, 1, 8, 4);
    NDArray mask = Tensors.zeros(manager, 1, 1, 2000, 8);
    assertThat(Tensors.floats(ops.attention(query, key, value, mask, false))).containsOnly(1);
    Torch.seed(3);
    float[] dropped = Tensors.floats(ops.attention(query, key, value, mask, true));
    double sum = 0;
    for (float x : dropped) {
      sum += x;
    }
    // The standard error of the mean of 2,000 rows is 0.35 / sqrt(2000).
    assertThat(sum / dropped.length).isBetween(0.97, 1.03);
    assertThat(dropped).isNotEqualTo(ones);
  }

  @Test
  void the_padding_row_is_looked_up_but_gets_no_gradient() {
    ScriptedOps ops = new ScriptedOps(manager, 2, 1, 0);
    NDArray table = leaf(4, 3);
    NDArray index = Tensors.of(manager, new long[] {2, 3, 2, 3, 0}, 5);
    try (GradMode on = GradMode.on()) {
      NDArray rows = ops.tokens(index, table);
      assertThat(Tensors.floats(rows)).isEqualTo(Tensors.floats(Ops.rows(index, table)));
      Autograd.backward(Ops.sum(rows), 1);
    }
    assertThat(Tensors.floats(Autograd.gradient(table).orElseThrow()))
        .containsExactly(1, 1, 1, 0, 0, 0, 0, 0, 0, 2, 2, 2);
  }

  @Test
  void the_chosen_token_is_the_first_largest_and_a_sum_shows_what_is_not_finite() {
    ScriptedOps ops = new ScriptedOps(manager, -1, 1, 0);
    float[] values = {0, 3, 3, 1, 2, 0, Float.NaN, 0, 0, Float.NEGATIVE_INFINITY, 5, 0};
    NDArray logits = Tensors.of(manager, values, 3, 4);
    float[] alone = Tensors.floats(ops.choose(logits, null));
    assertThat(alone[0]).isEqualTo(1);
    assertThat(alone[1]).isEqualTo(7);
    assertThat(alone[3]).isNaN();
    assertThat(alone[4]).isEqualTo(2);
    assertThat(alone[5]).isEqualTo(Float.NEGATIVE_INFINITY);
    NDArray wanted = Tensors.of(manager, new long[] {3, 0, 3, 0, 3, 0}, 3, 2);
    float[] scored = Tensors.floats(ops.choose(logits, wanted));
    double total = 1 + 2 * Math.exp(3) + Math.exp(1);
    assertThat(scored[2]).isCloseTo((float) (1 - Math.log(total)), within(1e-6f));
    assertThat(scored[3]).isCloseTo((float) -Math.log(total), within(1e-6f));
  }

  @Test
  void calls_leave_no_array_alive() {
    ScriptedOps ops = new ScriptedOps(manager, -1, 1, 0);
    NDArray x = leaf(1, 1, 4, 4);
    NDArray mask = Tensors.zeros(manager, 1, 1, 4, 4);
    int before = Torch.liveArrays();
    for (int i = 0; i < 3; i++) {
      try (Scope results = new Scope()) {
        ops.attention(x, Tensors.copyOf(x), Tensors.copyOf(x), mask, false);
        ops.choose(Ops.reshape(x, 4, 4), null);
      }
      assertThat(Torch.liveArrays()).isEqualTo(before);
    }
  }

  private static List<float[]> valueAndGradients(
      NDArray value, NDArray slope, List<NDArray> leaves) {
    Autograd.backward(Ops.sum(Ops.mul(value, slope)), 1);
    List<float[]> all = new ArrayList<>();
    all.add(Tensors.floats(value));
    for (NDArray leaf : leaves) {
      all.add(Tensors.floats(Autograd.gradient(leaf).orElseThrow()));
      Autograd.zeroGradient(leaf);
    }
    return all;
  }
}
