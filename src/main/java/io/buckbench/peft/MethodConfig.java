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
 * The settings of a method under PEFT's names, as in {@code adapter_config.json}. Each
 * implementation is a record in the method's package and has an entry in {@link PeftMethod}. The
 * interface is not sealed, since Java allows that across packages only in a named module.
 */
public interface MethodConfig {
  /** The method. */
  PeftMethod method();

  /** The number of parameters that the method would train, found without loading a model. */
  default long trainableParameters(Architecture model) {
    Map<String, long[]> encoder = encoderShapes(model);
    return (encoder.isEmpty() ? savedShapes(model) : encoder)
        .values().stream().mapToLong(MethodConfig::elements).sum();
  }

  /** The number of parameters that the adapter holds without training them; usually none. */
  default long frozenParameters(Architecture model) {
    return 0;
  }

  /** What a training step keeps because of the method; by default nothing. */
  default KeptActivations kept(Architecture model) {
    return KeptActivations.NOTHING;
  }

  /** The product of a shape's axes. */
  static long elements(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /**
   * Checks that the method fits a model. By default it fits if its {@link #savedShapes} exist.
   *
   * @throws io.buckbench.input.InvalidInputException with every problem: a target that matches no
   *     module, as many virtual tokens as positions, settings of another shape
   */
  default void check(Architecture model) {
    savedShapes(model);
  }

  /** The positions that the method occupies, as virtual tokens or as a prefix. */
  default int virtualTokens() {
    return 0;
  }

  /** Names and shapes of the tensors in {@code adapter_model.safetensors}, in PEFT's order. */
  Map<String, long[]> savedShapes(Architecture model);

  /** Names and shapes that further training needs beyond {@link #savedShapes}; usually empty. */
  default Map<String, long[]> encoderShapes(Architecture model) {
    return Map.of();
  }

  /**
   * Names of tensors that a saved adapter may have beside {@link #savedShapes}, because they repeat
   * weights of the base model, with the names of these weights.
   */
  default Map<String, String> repeatedWeights(Architecture model) {
    return Map.of();
  }

  /**
   * Creates an adapter with its published initialisation, after {@link #check}.
   *
   * @param seed equal seeds give equal bits
   * @param tokenizer the base model's; used only for an initialisation from text
   */
  Adapter attach(CausalLM base, long seed, TextTokens tokenizer);

  /** Creates an adapter whose initialisation needs no tokenizer. */
  default Adapter attach(CausalLM base, long seed) {
    return attach(base, seed, TextTokens.NONE);
  }

  /**
   * Creates an adapter from saved values. The caller has called {@link #check} and compared names
   * and shapes.
   *
   * @param saved the tensors of {@link #savedShapes}
   * @param encoder the tensors of {@link #encoderShapes}, if they were saved
   */
  Adapter restore(CausalLM base, NamedTensors saved, Optional<NamedTensors> encoder);

  /**
   * The keys of PEFT's {@code adapter_config.json} that belong to this method. Values that PEFT
   * takes from the model are filled in.
   */
  ObjectNode toJson(Architecture model);

  /**
   * Reads a method file.
   *
   * @param file a file of {@code benchmarks/methods}, or PEFT's {@code adapter_config.json}
   * @throws io.buckbench.input.InvalidInputException with every problem of the file
   */
  static MethodConfig read(Path file) {
    return read(ConfigJson.read(file));
  }

  /**
   * Reads settings that are not a file, such as those in a row of a suite.
   *
   * @param where their place, for errors
   * @param settings the keys of an adapter configuration
   * @throws io.buckbench.input.InvalidInputException with every problem of the settings
   */
  static MethodConfig of(String where, ObjectNode settings) {
    return read(ConfigJson.of(where, settings));
  }

  private static MethodConfig read(ConfigJson json) {
    PeftMethod method = json.choice("peft_type", PeftMethod.class, null);
    if (json.value("peft_type").isEmpty()) {
      json.problem(
          "peft_type",
          "nothing",
          "one of " + Arrays.toString(PeftMethod.values()),
          "name the method");
    }
    // The other keys depend on the method.
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
