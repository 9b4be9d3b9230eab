package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

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

  /** The names of weight files and of the indices of several, in the order of preference. */
  public static List<String> names() {
    return List.copyOf(FORMATS.keySet());
  }

  /** Whether a file with that name is the index of several weight files. */
  public static boolean isIndex(String name) {
    return name.endsWith(".index.json");
  }

  /**
   * The weight files that an index lists, in alphabetical order.
   *
   * @throws InvalidInputException if it lists none, or one outside its directory
   */
  public static List<String> shards(Path index) {
    return ShardedTensors.files(index);
  }

  /** The weight file in a directory, or the index and its files; empty if there is none. */
  public static List<String> files(Path directory) {
    for (String name : FORMATS.keySet()) {
      Path file = directory.resolve(name);
      if (Files.isRegularFile(file)) {
        List<String> files = new ArrayList<>(List.of(name));
        files.addAll(isIndex(name) ? shards(file) : List.of());
        return files;
      }
    }
    return List.of();
  }

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
   * The same tensors under other names.
   *
   * @param name the new name of a tensor
   * @throws InvalidInputException if two tensors get the same name
   */
  public static NamedTensors renamed(NamedTensors tensors, UnaryOperator<String> name) {
    Map<String, JoinedTensors.Entry> entries = new LinkedHashMap<>();
    for (String stored : tensors.names()) {
      JoinedTensors.Entry twice =
          entries.put(name.apply(stored), new JoinedTensors.Entry(tensors, stored));
      if (twice != null) {
        throw new InvalidInputException(
            tensors.source() + " tensor " + stored,
            "the same weight as " + twice.name(),
            "each weight once",
            "remove one of the two, or fetch the model again");
      }
    }
    return new JoinedTensors(tensors.source(), List.of(tensors), entries);
  }
}
