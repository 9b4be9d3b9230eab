package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** A model directory as Hugging Face lays it out, whichever way its weights are stored. */
public final class Checkpoint {
  /** File name to reader, in the order in which Transformers prefers them. */
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
   * Opens the first of the known weight files that the directory holds.
   *
   * @throws InvalidInputException listing what was looked for, where there is none
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
        "fetch the model, or give the directory that holds its config.json");
  }

  /**
   * The same tensors under the names of the full model: some checkpoints were saved from the inner
   * model and leave its name off ({@code decoder.} for {@code model.decoder.}). Where any name has
   * the prefix already, nothing is renamed.
   *
   * @param prefix for example {@code model.}
   */
  public static NamedTensors withPrefix(NamedTensors tensors, String prefix) {
    boolean there = tensors.names().stream().anyMatch(name -> name.startsWith(prefix));
    return there ? tensors : new PrefixedTensors(tensors, prefix);
  }
}
