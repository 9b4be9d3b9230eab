package io.buckbench.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.checkpoint.Safetensors.Tensor;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a model as the directory that we, and Hugging Face, load again. */
public final class ModelDirectory {
  private ModelDirectory() {}

  /**
   * Writes {@code config.json} and {@code model.safetensors}, float32; the weights last, so that a
   * directory with weights is a whole one.
   */
  public static void write(CausalLM model, Path directory) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      long[] shape = Tensors.shape(parameter.array());
      tensors.put(parameter.name(), Tensor.of(shape, Tensors.floats(parameter.array())));
    }
    try {
      Files.createDirectories(directory);
      Files.writeString(
          directory.resolve("config.json"),
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(config(model))
              + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(directory.toString(), e);
    }
    Safetensors.write(directory.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
  }

  private static Object config(CausalLM model) {
    return model.config().toJson().put("torch_dtype", "float32");
  }
}
