package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code torch.save}'s format before PyTorch 1.6: one pickle each for magic number, version,
 * system, state dict and storage keys; then each storage as a count and its elements.
 */
final class TorchLegacy {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final Long PROTOCOL = 1001L;
  private static final String AGAIN = "fetch the file again";

  private final Path file;
  private final FileChannel channel;
  private final long fileBytes;
  private final ChannelInput in;

  TorchLegacy(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.fileBytes = channel.size();
    this.in = new ChannelInput(file.toString(), channel, 0, fileBytes);
  }

  /** Checks the first three pickles and returns the fourth, the state dict. */
  Object stateDict() {
    Object magic = load("magic number");
    if (!MAGIC.equals(magic)) {
      throw new InvalidInputException(
          where("magic number"), "another pickle", "torch's 0x1950a86a20f9469cfc6c", AGAIN);
    }
    Object version = load("protocol version");
    if (!PROTOCOL.equals(version)) {
      throw new InvalidInputException(
          where("protocol version"),
          PickleMachine.kind(version) + (version instanceof Long ? " " + version : ""),
          "" + PROTOCOL,
          AGAIN);
    }
    Object system = load("system information");
    if (!(system instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("little_endian")))) {
      throw TorchPickle.bigEndian(where("system information"), "big");
    }
    return load("state dict");
  }

  /**
   * Returns the position of each storage's first element. Checks that only these storages follow
   * the state dict.
   *
   * @param storages the storages that the state dict uses, by key
   */
  Map<String, Long> storageOffsets(Map<String, TorchStorage> storages) {
    Object keys = load("storage keys");
    Map<String, Long> offsets = new LinkedHashMap<>();
    long at = in.position();
    for (Object key : keys instanceof List<?> list ? list : List.of()) {
      String where = where("storage " + (key instanceof String ? key : PickleMachine.kind(key)));
      TorchStorage storage = key instanceof String ? storages.get(key) : null;
      if (storage == null || offsets.containsKey(storage.key())) {
        throw new InvalidInputException(
            where, "the key twice, or unused", "each storage of the state dict once", AGAIN);
      }
      ChannelInput count = new ChannelInput(where, channel, at, fileBytes);
      long elements = count.int64();
      if (elements != storage.rootElements()) {
        throw new InvalidInputException(
            where, elements + " elements", storage.rootElements() + " elements", AGAIN);
      }
      if (storage.rootBytes() > fileBytes - count.position()) {
        throw new InvalidInputException(
            where,
            (fileBytes - count.position()) + " bytes up to the end of the file",
            storage.rootBytes() + " bytes",
            AGAIN);
      }
      offsets.put(storage.key(), count.position());
      at = count.position() + storage.rootBytes();
    }
    if (!offsets.keySet().equals(storages.keySet()) || at != fileBytes) {
      throw new InvalidInputException(
          file.toString(),
          offsets.size() + " storages up to byte " + at,
          storages.size() + " up to the end of the file at byte " + fileBytes,
          AGAIN);
    }
    return offsets;
  }

  private Object load(String part) {
    return new PickleMachine(where(part), in).load();
  }

  private String where(String part) {
    return file + " " + part;
  }
}
