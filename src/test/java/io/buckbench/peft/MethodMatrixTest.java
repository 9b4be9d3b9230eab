package io.buckbench.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.data.TokenBatch;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.FamilyModels;
import io.buckbench.model.TokenLoss;
import io.buckbench.model.VirtualTokens;
import io.buckbench.peft.full.FullConfig;
import io.buckbench.peft.ia3.Ia3Config;
import io.buckbench.peft.lora.LoraConfig;
import io.buckbench.peft.prefix.PrefixConfig;
import io.buckbench.peft.prompt.PromptConfig;
import io.buckbench.peft.ptuning.PtuningConfig;
import io.buckbench.peft.vera.VeraConfig;
import io.buckbench.tensor.Autograd;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Properties of every method on every kind of decoder. A new method is added to {@link #METHODS}.
 */
class MethodMatrixTest {
  static final List<MethodConfig> METHODS =
      List.of(
          LoraConfig.of(2, 4, 0, Optional.of(TargetModules.matching("all-linear"))),
          LoraConfig.defaults(),
          TestConfigs.decomposedWithBiases(),
          TestConfigs.embeddingAndHead(),
          TestConfigs.withWholeModules(),
          PromptConfig.random(3),
          new PtuningConfig(PromptLearning.of(3), OptionalInt.of(6)),
          new PrefixConfig(PromptLearning.of(3), false, OptionalInt.empty(), false),
          new PrefixConfig(PromptLearning.of(3), true, OptionalInt.of(6), false),
          Ia3Config.defaults(),
          VeraConfig.of(8),
          TestConfigs.norms(),
          new FullConfig());

  private static final double ROUNDING = 2 * 3 * 21 * 0x1p-24;

  /** Sequences of 9, 5 and 7 tokens; all but the first three tokens are labelled. */
  private static final List<long[]> TEXTS =
      List.of(
          new long[] {2, 11, 7, 30, 45, 9, 21, 3, 17},
          new long[] {2, 40, 5, 5, 13},
          new long[] {2, 8, 26, 33, 12, 19, 44});

  record Case(MethodConfig config, Architecture shape) {
    @Override
    public String toString() {
      return config.method() + " " + config.toJson(shape) + " " + shape;
    }
  }

  static Stream<Case> cases() {
    return Stream.concat(
        METHODS.stream().flatMap(m -> Shapes.TINY.stream().map(s -> new Case(m, s))), sample());
  }

  /** Every method on every family; the norms of GPT-2 have other names than those to train. */
  static Stream<Case> everyPair() {
    List<Architecture> models = new ArrayList<>(Shapes.TINY);
    models.addAll(FamilyModels.all());
    return models.stream()
        .flatMap(model -> METHODS.stream().map(m -> new Case(m, model)))
        .filter(c -> !(c.config.equals(TestConfigs.withWholeModules()) && isOf("gpt2", c)));
  }

  private static boolean isOf(String type, Case c) {
    return c.shape.toJson().path("model_type").asText().equals(type);
  }

  /** A sliding window counts padding, so it must not be between virtual tokens and the text. */
  static Stream<Case> padded() {
    return everyPair().filter(c -> c.config.virtualTokens() == 0 || !isOf("mistral", c));
  }

  /**
   * Every family with some methods and every method with some families: a fifth of all pairs, for
   * properties that follow from what a kind of method or a kind of family does.
   */
  private static Stream<Case> sample() {
    List<Architecture> families = FamilyModels.all();
    return IntStream.range(0, families.size() * METHODS.size())
        .filter(i -> (i / METHODS.size() * 3 + i % METHODS.size()) % 5 == 0)
        .mapToObj(i -> new Case(METHODS.get(i % METHODS.size()), families.get(i / METHODS.size())));
  }

  static Stream<Case> mergeable() {
    return everyPair().filter(c -> c.config instanceof HookedConfig);
  }

  static Stream<Case> hooked() {
    return cases().filter(c -> c.config instanceof HookedConfig);
  }

  static Stream<Case> adapters() {
    return cases().filter(c -> c.config.method() != PeftMethod.FULL);
  }

  @Test
  void every_method_is_in_the_matrix() {
    assertThat(METHODS).extracting(MethodConfig::method).contains(PeftMethod.values());
  }

  @ParameterizedTest
  @MethodSource("hooked")
  void at_its_published_initialisation_the_adapted_model_equals_the_base(Case c) {
    try (CausalLM base = base(c);
        Adapter none = new FullConfig().attach(base, 0);
        Adapter adapter = c.config.attach(base, 3)) {
      assertThat(logits(base, adapter, right())).isEqualTo(logits(base, none, right()));
    }
  }

  @ParameterizedTest
  @MethodSource("mergeable")
  void merged_equals_unmerged_and_unmerging_restores_every_bit(Case c) {
    try (CausalLM base = base(c);
        Adapter adapter = perturbed(c, base)) {
      float[] apart = logits(base, adapter, right());
      Map<String, float[]> before = values(base.parameters());
      Mergeable mergeable = (Mergeable) adapter;
      mergeable.merge();
      assertThat(values(base.parameters())).isNotEqualTo(before);
      close(logits(base, adapter, right()), apart);
      mergeable.unmerge();
      values(base.parameters())
          .forEach((name, bits) -> assertThat(bits).as(name).isEqualTo(before.get(name)));
      assertThat(logits(base, adapter, right())).isEqualTo(apart);
    }
  }

  @ParameterizedTest
  @MethodSource("padded")
  void padding_on_either_side_changes_nothing(Case c) {
    try (CausalLM base = base(c);
        Adapter adapter = perturbed(c, base)) {
      int virtual = adapter.seams().virtualTokens().map(VirtualTokens::count).orElse(0);
      int vocabulary = c.shape.shape().vocabulary();
      float[] right = logits(base, adapter, right());
      float[] left = logits(base, adapter, left());
      int width = virtual + 9;
      for (int row = 0; row < TEXTS.size(); row++) {
        int length = TEXTS.get(row).length;
        float[] alone = logits(base, adapter, batch(List.of(TEXTS.get(row)), length, false));
        int start = row * width * vocabulary;
        int size = (virtual + length) * vocabulary;
        close(Arrays.copyOfRange(right, start, start + size), alone);
        // Virtual tokens come before the padding, the text after it.
        int text = start + (width - length) * vocabulary;
        close(
            Arrays.copyOfRange(left, text, text + length * vocabulary),
            Arrays.copyOfRange(alone, virtual * vocabulary, alone.length));
      }
      assertThat(loss(base, adapter, left())).isCloseTo(loss(base, adapter, right()), within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_order_of_a_batch_changes_nothing(Case c) {
    try (CausalLM base = base(c);
        Adapter adapter = perturbed(c, base)) {
      List<long[]> turned = List.of(TEXTS.get(2), TEXTS.get(0), TEXTS.get(1));
      float[] straight = logits(base, adapter, right());
      float[] other = logits(base, adapter, batch(turned, 9, false));
      int row = straight.length / 3;
      close(Arrays.copyOfRange(other, 0, row), Arrays.copyOfRange(straight, 2 * row, 3 * row));
      close(Arrays.copyOfRange(other, row, 3 * row), Arrays.copyOfRange(straight, 0, 2 * row));
    }
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void training_changes_every_declared_tensor_and_no_bit_of_frozen_ones(Case c) {
    try (CausalLM base = base(c);
        Adapter adapter = c.config.attach(base, 3)) {
      Map<String, float[]> frozen = values(base.parameters());
      Map<String, float[]> before = values(adapter.parameters());
      Steps.train(base, adapter, right(), 3);
      values(adapter.parameters())
          .forEach((name, bits) -> assertThat(bits).as(name).isNotEqualTo(before.get(name)));
      if (c.config.method() != PeftMethod.FULL) {
        values(base.parameters())
            .forEach((name, bits) -> assertThat(bits).as(name).isEqualTo(frozen.get(name)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void only_declared_tensors_get_gradients(Case c) {
    try (CausalLM base = base(c);
        Adapter adapter = perturbed(c, base)) {
      Set<String> declared =
          adapter.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
      List<Parameter> all = new ArrayList<>(new LinkedHashSet<>(base.parameters()));
      all.addAll(adapter.parameters());
      gradients(base, adapter, List.of(right()));
      Set<String> reached = new LinkedHashSet<>();
      for (Parameter p : all) {
        Autograd.gradient(p.array())
            .ifPresent(
                g -> {
                  reached.add(p.name());
                  g.close();
                });
      }
      assertThat(reached).isEqualTo(declared);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void accumulated_gradients_equal_those_of_the_whole_batch(Case c) {
    try (CausalLM base = base(c);
        Adapter adapter = perturbed(c, base)) {
      Map<String, float[]> whole = gradients(base, adapter, List.of(right()));
      List<TokenBatch> micro =
          List.of(batch(TEXTS.subList(0, 1), 9, false), batch(TEXTS.subList(1, 3), 7, false));
      Map<String, float[]> parts = gradients(base, adapter, micro);
      whole.forEach((name, gradient) -> close(parts.get(name), gradient));
    }
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void training_continues_after_saving_and_loading_as_without_interruption(
      Case c, @TempDir Path directory) {
    Map<String, float[]> straight;
    float[] straightLogits;
    try (CausalLM base = base(c);
        Adapter adapter = c.config.attach(base, 3)) {
      Steps.train(base, adapter, right(), 3);
      AdapterDirectory.save(directory, adapter, c.shape, "tiny");
      Steps.train(base, adapter, left(), 3);
      straight = values(adapter.parameters());
      straightLogits = logits(base, adapter, right());
    }
    try (CausalLM base = base(c);
        Adapter adapter = AdapterDirectory.load(directory, base)) {
      Steps.train(base, adapter, left(), 3);
      Map<String, float[]> resumed = values(adapter.parameters());
      assertThat(resumed.keySet()).isEqualTo(straight.keySet());
      straight.forEach((name, bits) -> assertThat(resumed.get(name)).as(name).isEqualTo(bits));
      assertThat(logits(base, adapter, right())).isEqualTo(straightLogits);
    }
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void equal_seeds_give_equal_bits_and_other_seeds_others(Case c) {
    try (CausalLM base = base(c);
        Adapter one = c.config.attach(base, 3);
        Adapter same = c.config.attach(base, 3);
        Adapter other = c.config.attach(base, 4)) {
      values(one.parameters())
          .forEach((n, v) -> assertThat(values(same.parameters()).get(n)).isEqualTo(v));
      // These start with the same values for every seed.
      if (!Set.of(PeftMethod.IA3, PeftMethod.VERA, PeftMethod.LN_TUNING)
          .contains(c.config.method())) {
        Map<String, float[]> others = values(other.parameters());
        assertThat(values(one.parameters()).entrySet())
            .anyMatch(e -> !Arrays.equals(e.getValue(), others.get(e.getKey())));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void attached_parameters_have_the_declared_names_and_count(Case c) {
    try (CausalLM base = base(c);
        Adapter adapter = c.config.attach(base, 3)) {
      List<String> declared = declared(c);
      assertThat(adapter.parameters().stream().mapToLong(p -> p.array().size()).sum())
          .isEqualTo(c.config.trainableParameters(c.shape));
      if (!declared.contains("prompt_embeddings")) {
        assertThat(adapter.parameters()).extracting(Parameter::name).isEqualTo(declared);
      }
      assertThat(adapter.saved().keySet()).isEqualTo(c.config.savedShapes(c.shape).keySet());
    }
  }

  private static List<String> declared(Case c) {
    if (c.config instanceof HookedConfig hooked) {
      return hooked.tensors(c.shape).stream()
          .filter(AdapterTensor::trained)
          .map(AdapterTensor::name)
          .toList();
    }
    Map<String, long[]> encoder = c.config.encoderShapes(c.shape);
    return List.copyOf((encoder.isEmpty() ? c.config.savedShapes(c.shape) : encoder).keySet());
  }

  private static CausalLM base(Case c) {
    return CausalLM.random(c.shape, 11);
  }

  /** An adapter with other values than its initial ones, so that every path has an effect. */
  private static Adapter perturbed(Case c, CausalLM base) {
    Adapter adapter = c.config.attach(base, 3);
    SplittableRandom random = new SplittableRandom(5);
    try (NDManager manager = Torch.newManager()) {
      for (Parameter p : adapter.parameters()) {
        Tensors.copyInto(
            p.array(), Init.normal(manager, random, 0.1, 0.4, Tensors.shape(p.array())));
      }
    }
    return adapter;
  }

  private static Map<String, float[]> gradients(
      CausalLM base, Adapter adapter, List<TokenBatch> batches) {
    Autograd.setRequiresGradient(adapter.parameters(), true);
    Map<String, float[]> gradients = new LinkedHashMap<>();
    int labels = batches.stream().mapToInt(MethodMatrixTest::labels).sum();
    adapter.parameters().forEach(p -> Autograd.zeroGradient(p.array()));
    for (TokenBatch batch : batches) {
      try (NDManager step = Torch.newManager()) {
        TokenLoss loss = base.loss(step, batch, adapter.seams(), true);
        Autograd.backward(loss.sum(), 1f / labels);
      }
    }
    for (Parameter p : adapter.parameters()) {
      try (NDArray gradient = Autograd.gradient(p.array()).orElseThrow()) {
        gradients.put(p.name(), Tensors.floats(gradient));
      }
    }
    return gradients;
  }

  private static int labels(TokenBatch batch) {
    return (int)
        Stream.of(batch.labels())
            .flatMapToLong(Arrays::stream)
            .filter(l -> l != TokenBatch.IGNORED)
            .count();
  }

  static float[] logits(CausalLM base, Adapter adapter, TokenBatch batch) {
    try (NDManager step = Torch.newManager()) {
      return Tensors.floats(base.logits(step, batch, adapter.seams()));
    }
  }

  private static double loss(CausalLM base, Adapter adapter, TokenBatch batch) {
    try (NDManager step = Torch.newManager()) {
      return base.loss(step, batch, adapter.seams(), false).mean();
    }
  }

  private static Map<String, float[]> values(List<Parameter> parameters) {
    Map<String, float[]> values = new LinkedHashMap<>();
    parameters.forEach(p -> values.put(p.name(), Tensors.floats(p.array())));
    return values;
  }

  /**
   * Equal up to rounding: at most 21 successive products, as MixedPrecisionTest counts them, each
   * round two operands and the result by at most 2^-24, in both computations.
   */
  private static void close(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double worst = 0;
    double scale = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    assertThat(worst).as("largest difference").isLessThan(Math.max(1e-5, ROUNDING * scale));
  }

  static TokenBatch right() {
    return batch(TEXTS, 9, false);
  }

  private static TokenBatch left() {
    return batch(TEXTS, 9, true);
  }

  private static TokenBatch batch(List<long[]> texts, int width, boolean left) {
    long[][] ids = new long[texts.size()][width];
    long[][] mask = new long[texts.size()][width];
    long[][] labels = new long[texts.size()][width];
    for (int row = 0; row < ids.length; row++) {
      long[] text = texts.get(row);
      int start = left ? width - text.length : 0;
      Arrays.fill(ids[row], 1);
      Arrays.fill(labels[row], TokenBatch.IGNORED);
      System.arraycopy(text, 0, ids[row], start, text.length);
      Arrays.fill(mask[row], start, start + text.length, 1);
      System.arraycopy(text, 3, labels[row], start + 3, text.length - 3);
    }
    return new TokenBatch(ids, mask, labels);
  }
}
