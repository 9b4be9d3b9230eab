package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import io.buckbench.input.Problems;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A checkpoint in several files, with the index that says which tensor stands in which. */
final class ShardedTensors implements NamedTensors {
  private static final String WEIGHT_MAP = "weight_map";
  private static final String INCOMPLETE = "fetch the checkpoint again, with all of its files";

  private final Path index;
  private final Map<String, NamedTensors> byTensor = new LinkedHashMap<>();
  private final List<NamedTensors> shards = new ArrayList<>();

  private ShardedTensors(Path index) {
    this.index = index;
  }

  /**
   * @param index the {@code *.index.json}, its shards beside it
   * @param format reads one shard
   */
  static NamedTensors read(Path index, Function<Path, NamedTensors> format) {
    ShardedTensors sharded = new ShardedTensors(index);
    try {
      sharded.open(weightMap(index), format);
      return sharded;
    } catch (RuntimeException e) {
      sharded.close();
      throw e;
    }
  }

  private void open(Map<String, String> weightMap, Function<Path, NamedTensors> format) {
    Problems problems = new Problems();
    Map<String, NamedTensors> byFile = new LinkedHashMap<>();
    for (String file : Set.copyOf(weightMap.values()).stream().sorted().toList()) {
      try {
        NamedTensors shard = format.apply(plainName(file));
        shards.add(shard);
        byFile.put(file, shard);
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
    weightMap.forEach(
        (name, file) -> {
          NamedTensors shard = byFile.get(file);
          if (shard != null && !shard.names().contains(name)) {
            problems.add(index + " tensor " + name, "none in " + file, "it there", INCOMPLETE);
          }
          byTensor.put(name, shard);
        });
    problems.throwIfAny();
  }

  /** An index may only name files beside itself. */
  private Path plainName(String file) {
    Path name = Path.of(file);
    if (file.isEmpty() || name.getNameCount() != 1 || name.isAbsolute() || file.startsWith("..")) {
      throw new InvalidInputException(
          index.toString(),
          "the file name " + file,
          "a plain name, for a file beside the index",
          "do not use this checkpoint: its index points out of its directory");
    }
    return index.resolveSibling(name);
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

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(byTensor.keySet());
  }

  @Override
  public TensorInfo info(String name) {
    return shard(name).info(name);
  }

  @Override
  public float[] floats(String name) {
    return shard(name).floats(name);
  }

  @Override
  public int read(String name, long from, float[] into) {
    return shard(name).read(name, from, into);
  }

  @Override
  public ByteBuffer bytes(String name) {
    return shard(name).bytes(name);
  }

  @Override
  public Map<String, String> metadata() {
    return shards.get(0).metadata();
  }

  @Override
  public String source() {
    return index.toString();
  }

  @Override
  public void close() {
    shards.forEach(NamedTensors::close);
  }

  private NamedTensors shard(String name) {
    NamedTensors shard = byTensor.get(name);
    if (shard == null) {
      throw FileTensors.absent(source(), name, names());
    }
    return shard;
  }
}
