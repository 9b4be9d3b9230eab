package io.buckbench.peft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one method under PEFT's own names, as in {@code adapter_config.json}. Each
 * implementation is a record in the method's package and a line in {@link PeftMethod}; without a
 * module descriptor Java cannot seal an interface over packages, so that list is what is closed.
 */
public interface MethodConfig {
  /** Which method. */
  PeftMethod method();

  /** How many numbers the method would train, nothing loaded. */
  default long trainableParameters(Architecture model) {
    Map<String, long[]> encoder = encoderShapes(model);
    return (encoder.isEmpty() ? savedShapes(model) : encoder)
        .values().stream()
            .mapToLong(axes -> Arrays.stream(axes).reduce(1, Math::multiplyExact))
            .sum();
  }

  /**
   * Whether the method fits a model, found before anything is made.
   *
   * @throws io.buckbench.input.InvalidInputException with all that does not fit: a target that
   *     matches nothing, more virtual tokens than positions, settings of another shape
   */
  void check(Architecture model);

  /** Positions of the model that the method takes for itself: virtual tokens or a prefix. */
  default int virtualTokens() {
    return 0;
  }

  /** Names and shapes of the tensors in {@code adapter_model.safetensors}, in PEFT's order. */
  Map<String, long[]> savedShapes(Architecture model);

  /** Names and shapes of what training on needs beyond {@link #savedShapes}; mostly empty. */
  default Map<String, long[]> encoderShapes(Architecture model) {
    return Map.of();
  }

  /**
   * A new adapter at its published initialisation, after {@link #check}.
   *
   * @param seed the same seed gives the same bits
   * @param tokenizer the base model's own; asked only by an initialisation from text
   */
  Adapter attach(CausalLM base, long seed, TextTokens tokenizer);

  /** As above for every initialisation that needs no tokenizer. */
  default Adapter attach(CausalLM base, long seed) {
    return attach(base, seed, TextTokens.NONE);
  }

  /**
   * An adapter from saved values, after {@link #check}; {@link AdapterDirectory} has compared names
   * and shapes.
   *
   * @param saved the tensors of {@link #savedShapes}
   * @param encoder the tensors of {@link #encoderShapes}, where they were saved too
   */
  Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder);

  /**
   * As PEFT writes {@code adapter_config.json}: every key this method knows, with the model's own
   * numbers where PEFT fills them in.
   */
  ObjectNode toJson(Architecture model);

  /**
   * Reads a method file.
   *
   * @param file under {@code benchmarks/methods}, or an {@code adapter_config.json} of PEFT's
   * @throws io.buckbench.input.InvalidInputException with every problem of the file
   */
  static MethodConfig read(Path file) {
    ConfigJson json = ConfigJson.read(file);
    PeftMethod method = json.choice("peft_type", PeftMethod.class, null);
    if (json.value("peft_type").isEmpty()) {
      json.problem(
          "peft_type",
          "nothing",
          "one of " + Arrays.toString(PeftMethod.values()),
          "name the method");
    }
    // Without the method no other key can be checked.
    json.throwIfAny();
    json.note("auto_mapping", "base_model_name_or_path", "revision", "peft_version");
    json.note("inference_mode");
    json.text("task_type")
        .filter(t -> !t.equals("CAUSAL_LM"))
        .ifPresent(
            t -> json.problem("task_type", t, "CAUSAL_LM", "use an adapter of a causal model"));
    return method.read(json);
  }
}
