package io.buckbench.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Creates pickles and archives piece by piece, so that each part can be made wrong. */
public final class StateDictBytes {
  private StateDictBytes() {}

  /** Writes a state dict whose tensors are in memory. */
  public static void write(Path file, Map<String, Safetensors.Tensor> tensors) {
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    tensors.forEach((name, t) -> infos.put(name, new TensorInfo(t.dtype(), t.shape())));
    TorchPickle.write(file, infos, name -> tensors.get(name).data().duplicate());
  }

  /** A state dict of two small tensors of different types. */
  public static Map<String, Safetensors.Tensor> example() {
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    tensors.put("model.weight", Safetensors.Tensor.of(new long[] {2, 2}, 1, 2, 3, 4));
    tensors.put("model.bias", Safetensors.Tensor.ofHalf(new long[] {3}, 1, 2, 3));
    return tensors;
  }

  /** A file in the format before PyTorch 1.6, with two tensors that are views of one storage. */
  public static byte[] legacyExample() {
    byte[] storage = storage("FloatStorage", "r", 4);
    byte[] state =
        pickle(
            dict(
                text("whole"), tensor(storage, 0, numbers(2, 2), numbers(2, 1)),
                text("part"), tensor(storage, 1, numbers(2), numbers(1))));
    return legacy(state, pickle("](", text("r"), "e"), little(4, 8), new byte[16]);
  }

  /** Joins parts: strings as Latin-1, integers as one byte, byte arrays unchanged. */
  static byte[] bytes(Object... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof byte[] some) {
        out.writeBytes(some);
      } else if (part instanceof Integer one) {
        out.write(one);
      } else {
        out.writeBytes(part.toString().getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return out.toByteArray();
  }

  /** A complete pickle of protocol 2. */
  static byte[] pickle(Object... parts) {
    return bytes(0x80, 2, bytes(parts), ".");
  }

  static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return bytes("X", little(utf8.length, 4), utf8);
  }

  static byte[] number(long number) {
    return bytes(0x8a, 8, little(number, 8));
  }

  static byte[] numbers(long... numbers) {
    byte[] all = bytes("(");
    for (long number : numbers) {
      all = bytes(all, number(number));
    }
    return bytes(all, "t");
  }

  static byte[] little(long number, int count) {
    byte[] eight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    return java.util.Arrays.copyOf(eight, count);
  }

  /** A dict of alternating keys and values. */
  static byte[] dict(Object... entries) {
    return bytes("}(", bytes(entries), "u");
  }

  static byte[] storage(String type, String key, long elements, Object... view) {
    return bytes(
        "(",
        text("storage"),
        "ctorch\n" + type + "\n",
        text(key),
        text("cpu"),
        number(elements),
        bytes(view),
        "tQ");
  }

  static byte[] tensor(byte[] storage, long offset, byte[] shape, byte[] strides) {
    return bytes(
        "ctorch._utils\n_rebuild_tensor_v2\n(",
        storage,
        number(offset),
        shape,
        strides,
        0x89,
        "ccollections\nOrderedDict\n)RtR");
  }

  /** An archive of alternating names and bytes, stored or deflated. */
  static byte[] archive(int method, Object... entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < entries.length; i += 2) {
        byte[] data = (byte[]) entries[i + 1];
        ZipEntry entry = new ZipEntry((String) entries[i]);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          CRC32 crc = new CRC32();
          crc.update(data);
          entry.setSize(data.length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(data);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] zip(Object... entries) {
    return archive(ZipEntry.STORED, entries);
  }

  /** A file in the format before PyTorch 1.6: the head, then the given parts. */
  static byte[] legacy(Object... parts) {
    return bytes(
        pickle(0x8a, 10, magic()),
        pickle(number(1001)),
        pickle(dict(text("little_endian"), 0x88)),
        bytes(parts));
  }

  static byte[] magic() {
    byte[] magic = new java.math.BigInteger("1950a86a20f9469cfc6c", 16).toByteArray();
    byte[] little = new byte[magic.length];
    for (int i = 0; i < magic.length; i++) {
      little[i] = magic[magic.length - 1 - i];
    }
    return little;
  }
}
