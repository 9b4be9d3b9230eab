package io.buckbench.checkpoint;

import io.buckbench.input.InputPath;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads a checkpoint that is split into several files, with an index of which tensor is where. */
final class ShardedTensors {
  private static final String WEIGHT_MAP = "weight_map";
  private static final String INCOMPLETE = "fetch the checkpoint again, with all of its files";

  private ShardedTensors() {}

  /**
   * Opens all files.
   *
   * @param index the {@code *.index.json}; the shards are in the same directory
   * @param format reads one shard
   */
  static NamedTensors read(Path index, Function<Path, NamedTensors> format) {
    Map<String, String> weightMap = weightMap(index);
    Map<String, NamedTensors> shards = new LinkedHashMap<>();
    try {
      return open(index, weightMap, format, shards);
    } catch (RuntimeException e) {
      shards.values().forEach(NamedTensors::close);
      throw e;
    }
  }

  /** The files that an index lists. */
  static List<String> files(Path index) {
    List<String> files = List.copyOf(new TreeSet<>(weightMap(index).values()));
    files.forEach(file -> plainName(index, file));
    return files;
  }

  private static NamedTensors open(
      Path index,
      Map<String, String> weightMap,
      Function<Path, NamedTensors> format,
      Map<String, NamedTensors> shards) {
    Problems problems = new Problems();
    for (String file : new TreeSet<>(weightMap.values())) {
      try {
        NamedTensors shard = format.apply(plainName(index, file));
        shards.put(file, shard);
        for (String name : shard.names()) {
          if (!file.equals(weightMap.get(name))) {
            problems.add(
                shard.source() + " tensor " + name,
                "no such tensor for this file in " + index.getFileName(),
                "every tensor listed in the index with its file",
                INCOMPLETE);
          }
        }
      } catch (InvalidInputException e) {
        problems.addAll(e);
      }
    }
    Map<String, JoinedTensors.Entry> entries = new LinkedHashMap<>();
    weightMap.forEach(
        (name, file) -> {
          NamedTensors shard = shards.get(file);
          if (shard != null && !shard.names().contains(name)) {
            problems.add(
                index + " tensor " + name,
                "no such tensor in " + file,
                "every tensor of the index in its file",
                INCOMPLETE);
          }
          entries.put(name, new JoinedTensors.Entry(shard, name));
        });
    problems.throwIfAny();
    return new JoinedTensors(index.toString(), List.copyOf(shards.values()), entries);
  }

  /** An index may name only files in its own directory. */
  private static Path plainName(Path index, String file) {
    return InputPath.child(index.toAbsolutePath().getParent(), index + " key " + WEIGHT_MAP, file);
  }

  private static Map<String, String> weightMap(Path index) {
    JsonObject json = JsonObject.read(index, "the index of a checkpoint's files", INCOMPLETE);
    Map<String, String> weightMap = json.texts(WEIGHT_MAP);
    json.throwIfAny();
    if (weightMap.isEmpty()) {
      json.problem(
          WEIGHT_MAP,
          "no tensor",
          "an object of tensor name to file name, with at least one tensor",
          INCOMPLETE);
      json.throwIfAny();
    }
    return weightMap;
  }
}
