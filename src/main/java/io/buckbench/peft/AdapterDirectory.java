package io.buckbench.peft;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.ExpectedTensors;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.checkpoint.TorchPickle;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * PEFT's directory layout: {@code adapter_config.json} and {@code adapter_model.safetensors} (or,
 * when reading, {@code adapter_model.bin}). Directories written by PEFT's {@code save_pretrained}
 * can be loaded here, and PEFT can load directories written here. Methods that train an encoder but
 * save only its result also write {@code prompt_encoder.safetensors}, which PEFT ignores.
 */
public final class AdapterDirectory {
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String PICKLE = "adapter_model.bin";
  private static final String ENCODER = "prompt_encoder.safetensors";
  private static final Map<String, String> METADATA = Map.of("format", "pt");
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private AdapterDirectory() {}

  /**
   * Writes an adapter. {@code adapter_config.json} is deleted first and written last, so a
   * directory that contains it is complete.
   *
   * @param baseModel value of PEFT's {@code base_model_name_or_path}
   */
  public static void save(Path directory, Adapter adapter, Architecture model, String baseModel) {
    ObjectNode json = adapter.config().toJson(model);
    json.putNull("auto_mapping");
    json.put("base_model_name_or_path", baseModel);
    json.put("inference_mode", true);
    json.put("peft_type", adapter.config().method().name());
    json.putNull("revision");
    json.put("task_type", "CAUSAL_LM");
    Map<String, Object> sorted = new TreeMap<>();
    json.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(directory.resolve(CONFIG));
      Files.deleteIfExists(directory.resolve(PICKLE));
      Files.deleteIfExists(directory.resolve(ENCODER));
      Safetensors.write(directory.resolve(WEIGHTS), adapter.saved(), METADATA);
      if (!adapter.savedEncoder().isEmpty()) {
        Safetensors.write(directory.resolve(ENCODER), adapter.savedEncoder(), METADATA);
      }
      WholeFiles.write(directory.resolve(CONFIG), JSON.writeValueAsString(sorted) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(directory.toString(), e);
    }
  }

  /**
   * Performs the checks of {@link #load} without reading values.
   *
   * @throws InvalidInputException as {@link #load}
   */
  public static void check(Path directory, Architecture model) {
    MethodConfig config = config(directory, model);
    try (NamedTensors saved = open(directory)) {
      compare(saved, config.savedShapes(model));
    }
  }

  /**
   * Reads an adapter and attaches it. All checks precede the creation of arrays.
   *
   * @throws InvalidInputException with every problem: an unsupported {@code peft_type}, a missing
   *     file, settings or tensors that do not fit the base model, missing or unexpected tensors
   */
  public static Adapter load(Path directory, CausalLM base) {
    MethodConfig config = config(directory, base.architecture());
    try (NamedTensors saved = open(directory)) {
      compare(saved, config.savedShapes(base.architecture()));
      Path encoderFile = directory.resolve(ENCODER);
      Map<String, long[]> encoderShapes = config.encoderShapes(base.architecture());
      if (encoderShapes.isEmpty() || !Files.exists(encoderFile)) {
        return config.restore(base, saved, Optional.empty());
      }
      try (NamedTensors encoder = Safetensors.read(encoderFile)) {
        compare(encoder, encoderShapes);
        return config.restore(base, saved, Optional.of(encoder));
      }
    }
  }

  private static MethodConfig config(Path directory, Architecture model) {
    Path file = directory.resolve(CONFIG);
    MethodConfig config = MethodConfig.read(file);
    try {
      config.check(model);
      return config;
    } catch (InvalidInputException e) {
      List<Problem> placed =
          e.problems().stream()
              .map(p -> new Problem(file + " key " + p.where(), p.found(), p.expected(), p.todo()))
              .toList();
      throw new InvalidInputException(placed);
    }
  }

  private static NamedTensors open(Path directory) {
    Path weights = directory.resolve(WEIGHTS);
    if (Files.exists(weights)) {
      return Safetensors.read(weights);
    }
    Path pickle = directory.resolve(PICKLE);
    if (Files.exists(pickle)) {
      return TorchPickle.read(pickle);
    }
    throw new InvalidInputException(
        directory.toString(),
        "neither " + WEIGHTS + " nor " + PICKLE,
        "an adapter's tensors next to its " + CONFIG,
        "use a directory written by PEFT's save_pretrained");
  }

  private static void compare(NamedTensors found, Map<String, long[]> expected) {
    Problems problems = new Problems();
    String todo = "use a complete adapter that was made for this base model with these settings";
    ExpectedTensors.check(found, expected, name -> false, todo, problems);
    problems.throwIfAny();
  }

  /** Copies of parameters for writing, by name, in their order. */
  static Map<String, Safetensors.Tensor> tensors(List<Parameter> parameters) {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (Parameter p : parameters) {
      tensors.put(
          p.name(), Safetensors.Tensor.of(Tensors.shape(p.array()), Tensors.floats(p.array())));
    }
    return tensors;
  }
}
