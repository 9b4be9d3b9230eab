package io.buckbench.fakegpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.TokenBatch;
import io.buckbench.input.CsvRow;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Families;
import io.buckbench.model.TestModels;
import io.buckbench.model.WeightSpec;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.tensor.Launches;
import io.buckbench.tensor.Precision;
import io.buckbench.train.AdamWOptions;
import io.buckbench.train.LinearSchedule;
import io.buckbench.train.Trainer;
import io.buckbench.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Counts what training steps and answers ask of the GPU: calls of DJL's binding, copies to the
 * device, readbacks, and kernel launches. The model has the layers of opt-125m, but is narrow,
 * since no count depends on a width. The other families are counted with LoRA on narrow models of
 * few layers.
 */
final class CallCounts {
  private static final int ROWS = 2;
  private static final int TOKENS = 16;
  private static final Path SHAPES = Path.of("benchmarks", "shapes");

  /** For each model of another family the sizes that make it narrow. */
  static final Path NARROW = Path.of("src/test/resources/launches/narrow.json");

  /** The method of the other families. */
  static final String FAMILIES_METHOD = "lora/r8_default";

  private CallCounts() {}

  /**
   * Prints a line of JSON with the counts of each method and precision, such as {@code "lora/r8_qv
   * mixed"}: {@code microBatch}, {@code step} (what a step needs besides its micro-batches) and
   * {@code answers} (a batch of prompts: likelihoods of two tokens, and three new tokens). Those of
   * another family begin with the model's name, as {@code "gpt2 lora/r8_default mixed"}.
   *
   * @param arguments the folder with the config.json of the model whose sizes determine the
   *     launches of the optimiser, and method files below benchmarks/methods
   */
  public static void main(String[] arguments) throws IOException {
    Architecture real = Architecture.read(Path.of(arguments[0]));
    ObjectNode json = new ObjectMapper().createObjectNode();
    for (String file : List.of(arguments).subList(1, arguments.length)) {
      MethodConfig method = method(file);
      for (Precision precision : Precision.values()) {
        String key = file + " " + CsvRow.name(precision);
        json.set(key, count(method, precision, narrow(real), real));
      }
    }
    MethodConfig lora = method(FAMILIES_METHOD);
    for (var family : new ObjectMapper().readTree(NARROW.toFile()).properties()) {
      Architecture model = narrow(family.getKey(), (ObjectNode) family.getValue());
      for (Precision precision : Precision.values()) {
        String key = family.getKey() + " " + FAMILIES_METHOD + " " + CsvRow.name(precision);
        json.set(key, count(lora, precision, model, model));
      }
    }
    System.out.println(json);
  }

  private static MethodConfig method(String file) {
    return MethodConfig.read(Path.of("benchmarks/methods", file + ".json"));
  }

  /** A model of the shapes with other sizes. */
  private static Architecture narrow(String shape, ObjectNode sizes) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Path file = SHAPES.resolve(shape).resolve("config.json");
    ObjectNode config = (ObjectNode) mapper.readTree(file.toFile());
    config.setAll(sizes);
    return Families.read(file.toString(), mapper.writeValueAsBytes(config));
  }

  private static ObjectNode count(
      MethodConfig method, Precision precision, Architecture counted, Architecture real) {
    boolean full = method.method() == PeftMethod.FULL;
    ObjectNode json = new ObjectMapper().createObjectNode();
    try (CausalLM model = CausalLM.random(counted, 1, precision, !full);
        Adapter adapter = method.attach(model, 1);
        Trainer trainer = new Trainer(model, adapter.seams(), adapter.parameters(), options())) {
      long[] updated =
          full
              ? real.weights().stream().mapToLong(WeightSpec::elements).toArray()
              : adapter.parameters().stream().mapToLong(p -> p.array().size()).toArray();
      TokenBatch batch = batch();
      while (trainer.step(List.of(batch)).skipped()) {
        // The scale of the loss is still too large.
      }
      Counts one = Counts.of(() -> trainer.step(List.of(batch)), updated);
      Counts two = Counts.of(() -> trainer.step(List.of(batch, batch)), updated);
      Counts microBatch = two.minus(one);
      json.set("microBatch", microBatch.json());
      json.set("step", one.minus(microBatch).json());
      long[][] seen = new long[ROWS][TOKENS];
      Arrays.fill(seen[0], 3, TOKENS, 1);
      Arrays.fill(seen[1], 1);
      Runnable answers = () -> model.generate(batch.inputIds(), seen, 3, -1, adapter.seams(), 3, 4);
      answers.run();
      json.set("answers", Counts.of(answers).json());
    }
    return json;
  }

  private static Architecture narrow(Architecture real) {
    return TestModels.opt(
        "vocab_size", 512,
        "hidden_size", 24,
        "num_hidden_layers", real.shape().layers(),
        "num_attention_heads", 12,
        "ffn_dim", 48,
        "max_position_embeddings", 256,
        "dropout", 0.1,
        "init_std", 0.02);
  }

  private static TrainingOptions options() {
    return new TrainingOptions(1e-3, new LinearSchedule(2, 10), AdamWOptions.defaults(), 1, 1);
  }

  /** What some work asks of the GPU. */
  private record Counts(long calls, long toDevice, long readbacks, Launches launches) {
    static Counts of(Runnable work, long... updated) {
      NativeCalls.reset();
      Launches launches = Launches.of(work, updated);
      ObjectNode json = NativeCalls.json();
      long profiler = 2;
      long calls = -profiler;
      for (var count : json.path("calls")) {
        calls += count.asLong();
      }
      return new Counts(
          calls, json.path("hostToDevice").asLong(), json.path("readbacks").asLong(), launches);
    }

    Counts minus(Counts part) {
      return new Counts(
          calls - part.calls,
          toDevice - part.toDevice,
          readbacks - part.readbacks,
          launches.minus(part.launches));
    }

    ObjectNode json() {
      ObjectMapper mapper = new ObjectMapper();
      ObjectNode json =
          mapper
              .createObjectNode()
              .put("calls", calls)
              .put("hostToDevice", toDevice)
              .put("readbacks", readbacks)
              .put("launches", launches.total());
      return json.set("byOperator", mapper.valueToTree(launches.byOperator()));
    }
  }

  /** Two prompts with an answer, the first of them padded. */
  private static TokenBatch batch() {
    TokenBatch batch = TokenBatch.padding(ROWS, TOKENS, 1);
    for (int row = 0; row < ROWS; row++) {
      int length = row == 0 ? TOKENS - 3 : TOKENS;
      for (int i = 0; i < length; i++) {
        batch.inputIds()[row][i] = 5 + 7L * i + row;
        batch.attentionMask()[row][i] = 1;
      }
      int answer = length - 1;
      batch.labels()[row][answer] = batch.inputIds()[row][answer];
    }
    return batch;
  }
}
