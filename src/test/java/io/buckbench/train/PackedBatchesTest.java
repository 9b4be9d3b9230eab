package io.buckbench.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDManager;
import io.buckbench.data.BatchOptions;
import io.buckbench.data.BatchOptions.Labels;
import io.buckbench.data.Batches;
import io.buckbench.data.Side;
import io.buckbench.data.TokenBatch;
import io.buckbench.data.TokenizedExample;
import io.buckbench.model.CausalLM;
import io.buckbench.model.TestModels;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PromptLearning;
import io.buckbench.peft.full.FullConfig;
import io.buckbench.peft.lora.LoraConfig;
import io.buckbench.peft.prefix.PrefixConfig;
import io.buckbench.peft.prompt.PromptConfig;
import io.buckbench.tensor.Autograd;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Scope;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("try") // scopes are used only for their close()
class PackedBatchesTest {
  private static final int ACCUMULATION = 4;

  /** Sixteen examples of 6 to 24 tokens. */
  private static List<TokenizedExample> examples() {
    SplittableRandom random = new SplittableRandom(5);
    return IntStream.range(0, 16)
        .mapToObj(
            i ->
                new TokenizedExample(
                    "" + i,
                    random.longs(random.nextInt(4, 23), 3, 50).toArray(),
                    new long[] {random.nextLong(3, 50), 2},
                    0))
        .toList();
  }

  static Stream<MethodConfig> methods() {
    return Stream.of(
        new FullConfig(),
        LoraConfig.defaults(),
        PromptConfig.random(3),
        new PrefixConfig(PromptLearning.of(3), false, OptionalInt.empty(), false));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void packed_micro_batches_give_the_same_gradient(MethodConfig method) {
    Batches batches =
        new Batches(examples(), new BatchOptions(4, 1, Side.RIGHT, Labels.ANSWER, 1), 1);
    List<TokenBatch> rowwise = IntStream.range(0, ACCUMULATION).mapToObj(batches::at).toList();
    List<TokenBatch> packed = batches.packed(0, ACCUMULATION, 100, 0);
    assertThat(packed.size()).isNotEqualTo(rowwise.size());
    List<float[]> expected = gradients(method, rowwise);
    List<float[]> actual = gradients(method, packed);
    double largest = 0;
    for (float[] gradient : expected) {
      for (float value : gradient) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    assertThat(largest).isPositive();
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < expected.get(i).length; j++) {
        assertThat(actual.get(i)[j] / largest)
            .isCloseTo(expected.get(i)[j] / largest, offset(1e-6));
      }
    }
  }

  private static List<float[]> gradients(MethodConfig method, List<TokenBatch> step) {
    List<float[]> gradients = new ArrayList<>();
    try (CausalLM model = CausalLM.random(TestModels.opt("init_std", 0.1), 1);
        Adapter adapter = method.attach(model, 1)) {
      Autograd.setRequiresGradient(adapter.parameters(), true);
      int labels = step.stream().mapToInt(b -> CausalLM.labelledTokens(b, adapter.seams())).sum();
      for (TokenBatch batch : step) {
        try (NDManager owner = Torch.newManager();
            Scope handles = new Scope()) {
          Autograd.backward(model.loss(owner, batch, adapter.seams(), true).sum(), 1f / labels);
        }
      }
      for (Parameter parameter : adapter.parameters()) {
        try (Scope handles = new Scope()) {
          gradients.add(
              Autograd.gradient(parameter.array()).map(Tensors::floats).orElse(new float[0]));
        }
      }
    }
    return gradients;
  }
}
