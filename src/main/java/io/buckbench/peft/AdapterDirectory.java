package io.buckbench.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.checkpoint.ExpectedTensors;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.checkpoint.TorchPickle;
import io.buckbench.files.Digests;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  /** Metadata of the encoder's file: the SHA-256 of the file with its result. */
  private static final String RESULT_DIGEST = "adapter_model_sha256";

  private static final Logger LOG = LoggerFactory.getLogger(AdapterDirectory.class);
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
      Path weights = directory.resolve(WEIGHTS);
      Safetensors.write(weights, adapter.saved(), METADATA);
      if (!adapter.savedEncoder().isEmpty()) {
        Map<String, String> metadata = new TreeMap<>(METADATA);
        metadata.put(RESULT_DIGEST, Digests.ofFile(weights));
        Safetensors.write(directory.resolve(ENCODER), adapter.savedEncoder(), metadata);
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
      compare(saved, config.savedShapes(model), config.repeatedWeights(model));
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
      Map<String, String> repeated = config.repeatedWeights(base.architecture());
      compare(saved, config.savedShapes(base.architecture()), repeated);
      requireEqual(saved, repeated, base);
      Path encoderFile = directory.resolve(ENCODER);
      Map<String, long[]> encoderShapes = config.encoderShapes(base.architecture());
      if (encoderShapes.isEmpty() || !Files.exists(encoderFile)) {
        return config.restore(base, saved, Optional.empty());
      }
      try (NamedTensors encoder = Safetensors.read(encoderFile)) {
        if (!belongs(encoder, directory.resolve(WEIGHTS))) {
          return config.restore(base, saved, Optional.empty());
        }
        compare(encoder, encoderShapes, Map.of());
        return config.restore(base, saved, Optional.of(encoder));
      }
    }
  }

  /** Whether an encoder computed the tensors beside it; if others were saved later, it did not. */
  private static boolean belongs(NamedTensors encoder, Path weights) {
    boolean belongs =
        Files.exists(weights)
            && Digests.ofFile(weights).equals(encoder.metadata().get(RESULT_DIGEST));
    if (!belongs) {
      LOG.warn(
          "{} was not saved together with {}, so it is not used; the adapter can answer, but not be"
              + " trained further",
          encoder.source(),
          weights.getFileName());
    }
    return belongs;
  }

  /** Checks that tensors which repeat base weights have the values of this base model. */
  private static void requireEqual(
      NamedTensors saved, Map<String, String> repeated, CausalLM base) {
    Problems problems = new Problems();
    repeated.forEach(
        (name, weight) -> {
          if (saved.names().contains(name) && !equal(saved.floats(name), base.weight(weight))) {
            problems.add(
                saved.source() + " tensor " + name,
                "other values than the base model's " + weight,
                "equal values, since the adapter does not train this tensor",
                "use the base model that the adapter was made for");
          }
        });
    problems.throwIfAny();
  }

  /** Whether values are a weight's, up to the rounding of a weight that is kept in 16 bits. */
  private static boolean equal(float[] values, NDArray weight) {
    float[] own = Tensors.floats(weight);
    double rounding = weight.getDataType() == DataType.FLOAT32 ? 0 : 0x1p-7;
    boolean equal = own.length == values.length;
    for (int i = 0; equal && i < own.length; i++) {
      equal = Math.abs(own[i] - values[i]) <= rounding * Math.abs(values[i]) + rounding * 1e-6;
    }
    return equal;
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
    Path pickle = directory.resolve(PICKLE);
    if (Files.exists(weights)) {
      if (Files.exists(pickle)) {
        requireSame(directory, weights, pickle);
      }
      return Safetensors.read(weights);
    }
    if (Files.exists(pickle)) {
      return TorchPickle.read(pickle);
    }
    throw new InvalidInputException(
        directory.toString(),
        "neither " + WEIGHTS + " nor " + PICKLE,
        "an adapter's tensors next to its " + CONFIG,
        "use a directory written by PEFT's save_pretrained");
  }

  /** Refuses a directory with two adapters, of which one would silently win. */
  private static void requireSame(Path directory, Path weights, Path pickle) {
    try (NamedTensors one = Safetensors.read(weights);
        NamedTensors other = TorchPickle.read(pickle)) {
      boolean same =
          Set.copyOf(one.names()).equals(Set.copyOf(other.names()))
              && one.names().stream()
                  .allMatch(name -> Arrays.equals(one.floats(name), other.floats(name)));
      if (!same) {
        throw new InvalidInputException(
            directory.toString(),
            WEIGHTS + " and " + PICKLE + " with different tensors",
            "one adapter",
            "delete the file that is older than the last save");
      }
    }
  }

  private static void compare(
      NamedTensors found, Map<String, long[]> expected, Map<String, String> repeated) {
    Problems problems = new Problems();
    String todo = "use a complete adapter that was made for this base model with these settings";
    ExpectedTensors.check(found, expected, repeated::containsKey, todo, problems);
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
