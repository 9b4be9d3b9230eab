package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Opens the weights of a model directory in Hugging Face's layout, in any of its formats. */
public final class Checkpoint {
  /** File name to reader, in the order that Transformers prefers. */
  private static final Map<String, Function<Path, NamedTensors>> FORMATS = new LinkedHashMap<>();

  static {
    FORMATS.put("model.safetensors", Safetensors::read);
    FORMATS.put(
        "model.safetensors.index.json", index -> ShardedTensors.read(index, Safetensors::read));
    FORMATS.put("pytorch_model.bin", TorchPickle::read);
    FORMATS.put(
        "pytorch_model.bin.index.json", index -> ShardedTensors.read(index, TorchPickle::read));
  }

  private Checkpoint() {}

  /**
   * Opens the first known weight file in the directory.
   *
   * @throws InvalidInputException listing the known file names, if there is none
   */
  public static NamedTensors open(Path directory) {
    for (Map.Entry<String, Function<Path, NamedTensors>> format : FORMATS.entrySet()) {
      Path file = directory.resolve(format.getKey());
      if (Files.isRegularFile(file)) {
        return format.getValue().apply(file);
      }
    }
    throw new InvalidInputException(
        directory.toString(),
        Files.isDirectory(directory) ? "no weight file" : "no such directory",
        "one of " + String.join(", ", FORMATS.keySet()),
        "fetch the model, or give the directory that contains its config.json");
  }

  /**
   * Returns the same tensors under the names of the full model. Some checkpoints were saved from
   * the inner model and omit its name ({@code decoder.} for {@code model.decoder.}). Nothing is
   * renamed if any name already has the prefix.
   *
   * @param prefix for example {@code model.}
   */
  public static NamedTensors withPrefix(NamedTensors tensors, String prefix) {
    if (tensors.names().stream().anyMatch(name -> name.startsWith(prefix))) {
      return tensors;
    }
    Map<String, JoinedTensors.Entry> entries = new LinkedHashMap<>();
    tensors
        .names()
        .forEach(name -> entries.put(prefix + name, new JoinedTensors.Entry(tensors, name)));
    return new JoinedTensors(tensors.source(), List.of(tensors), entries);
  }
}
