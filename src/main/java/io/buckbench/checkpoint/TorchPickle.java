package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * State dicts as {@code torch.save} writes them, such as {@code pytorch_model.bin} and {@code
 * adapter_model.bin}, in the zip format and the older one. Only a dict of names to tensors is read;
 * a file that names any other class is refused. Source: {@code torch/serialization.py}.
 */
public final class TorchPickle {
  private static final String AGAIN = "fetch the file again";

  private final Path file;
  private final FileChannel channel;

  private TorchPickle(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a file. Values are read on request.
   *
   * @throws InvalidInputException naming the file and the class, entry, storage or tensor, unless
   *     the file is a complete state dict whose tensors are within their storages
   */
  public static NamedTensors read(Path file) {
    return FileTensors.open(
        file,
        (path, channel) ->
            new FileTensors(path, channel, new TorchPickle(path, channel).regions(), Map.of()));
  }

  /**
   * Writes a state dict in the zip format; on failure an existing file stays unchanged. The tensors
   * need not be in memory together: the values of each are requested once, in the order of the map.
   *
   * @param tensors name to shape and type, {@link DType#F32} or {@link DType#F16}
   * @param values returns the values of a name, row-major and little-endian
   */
  public static void write(
      Path file, Map<String, TensorInfo> tensors, Function<String, ByteBuffer> values) {
    new TorchPickleWriter(tensors, values).writeTo(file);
  }

  private Map<String, TensorRegion> regions() throws IOException {
    ChannelInput start = new ChannelInput(file.toString(), channel, 0, channel.size());
    int first = start.unsignedByte();
    int second = start.unsignedByte();
    if (first == 'P' && second == 'K') {
      return zip();
    }
    if (first == 0x80) {
      return legacy();
    }
    throw new InvalidInputException(
        file.toString(),
        first == 'v' && second == 'e'
            ? "text, perhaps a Git LFS pointer"
            : "neither a zip nor a pickle",
        "a file written by torch.save",
        AGAIN);
  }

  private Map<String, TensorRegion> zip() throws IOException {
    Map<String, StoredZip.StoredFile> entries = StoredZip.entries(file, channel);
    List<String> pickles = entries.keySet().stream().filter(n -> n.endsWith("/data.pkl")).toList();
    if (pickles.size() != 1
        || entries.keySet().stream().anyMatch(n -> n.endsWith("constants.pkl"))) {
      throw new InvalidInputException(
          file.toString(),
          pickles.size() == 1 ? "a TorchScript program" : pickles.size() + " entries data.pkl",
          "one state dict, data.pkl",
          "use a file written by torch.save(model.state_dict(), ...)");
    }
    StoredZip.StoredFile pickle = entries.get(pickles.get(0));
    String archive = pickle.name().substring(0, pickle.name().length() - "data.pkl".length());
    littleEndian(entries.get(archive + "byteorder"));
    Object state = new PickleMachine(where(pickle.name()), input(pickle)).load();
    return regions(state, (where, storage) -> inZip(where, storage, entries, archive));
  }

  private void littleEndian(StoredZip.StoredFile byteOrder) {
    if (byteOrder != null) {
      byte[] text = input(byteOrder).bytes(Math.min(20, byteOrder.bytes()));
      String order = new String(text, StandardCharsets.UTF_8);
      if (!order.equals("little")) {
        throw bigEndian(where(byteOrder.name()), order);
      }
    }
  }

  private ChannelInput input(StoredZip.StoredFile entry) {
    return new ChannelInput(
        where(entry.name()), channel, entry.offset(), entry.offset() + entry.bytes());
  }

  static InvalidInputException bigEndian(String where, String found) {
    return new InvalidInputException(
        where, "byte order " + found, "little", "save the model on a little-endian machine");
  }

  private long inZip(
      String where,
      TorchStorage storage,
      Map<String, StoredZip.StoredFile> entries,
      String archive) {
    StoredZip.StoredFile entry = entries.get(archive + "data/" + storage.key());
    if (entry == null) {
      throw new InvalidInputException(
          where, "no entry data/" + storage.key(), "an entry with its storage", AGAIN);
    }
    wholeRoot(where, storage, entry.bytes());
    return entry.offset();
  }

  /** The file and all tensors that share a storage must agree on its size. */
  private static void wholeRoot(String where, TorchStorage storage, long bytes) {
    if (storage.rootBytes() != bytes) {
      throw new InvalidInputException(
          where,
          bytes + " bytes in storage " + storage.key(),
          storage.rootElements() + " elements of " + storage.dtype(),
          TorchGlobal.DO_NOT_LOAD);
    }
  }

  private Map<String, TensorRegion> legacy() throws IOException {
    TorchLegacy old = new TorchLegacy(file, channel);
    Object state = old.stateDict();
    Map<String, TorchStorage> storages = new LinkedHashMap<>();
    tensors(state)
        .forEach((name, tensor) -> storages.put(tensor.storage().key(), tensor.storage()));
    Map<String, Long> offsets = old.storageOffsets(storages);
    return regions(
        state,
        (where, storage) -> {
          wholeRoot(where, storage, storages.get(storage.key()).rootBytes());
          return offsets.get(storage.key());
        });
  }

  /** Finds the position of a storage in the file, or refuses the storage. */
  private interface StorageFinder {
    long offset(String where, TorchStorage storage);
  }

  private Map<String, TensorRegion> regions(Object state, StorageFinder storages) {
    Map<String, TensorRegion> regions = new LinkedHashMap<>();
    Problems problems = new Problems();
    tensors(state)
        .forEach(
            (name, tensor) -> {
              String where = where("tensor " + name);
              try {
                long storageAt = storages.offset(where, tensor.storage());
                regions.put(name, tensor.region(where, storageAt));
              } catch (InvalidInputException e) {
                problems.addAll(e);
              }
            });
    problems.throwIfAny();
    return regions;
  }

  private Map<String, TorchTensor> tensors(Object state) {
    if (!(state instanceof Map<?, ?> map) || map.isEmpty()) {
      String found = state instanceof Map ? "an empty dict" : PickleMachine.kind(state);
      throw new InvalidInputException(
          file.toString(), found, "a dict of names to tensors", TorchGlobal.DO_NOT_LOAD);
    }
    Map<String, TorchTensor> tensors = new LinkedHashMap<>();
    Problems problems = new Problems();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getKey() instanceof String name && entry.getValue() instanceof TorchTensor tensor) {
        tensors.put(name, tensor);
      } else {
        problems.add(
            where("key " + entry.getKey()),
            PickleMachine.kind(entry.getValue()),
            "a tensor with a name",
            "save only the state dict, without optimizer or settings");
      }
    }
    problems.throwIfAny();
    return tensors;
  }

  private String where(String part) {
    return file + " " + part;
  }
}
