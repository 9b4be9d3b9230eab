package io.buckbench.checkpoint;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a state dict in {@code torch.save}'s zip format: pickle protocol 2, one uncompressed entry
 * for each tensor's storage.
 */
final class TorchPickleWriter {
  private static final String ARCHIVE = "pytorch_model/";

  /** PyTorch aligns each storage to this many bytes, so that it can be memory-mapped. */
  private static final int ALIGNMENT = 64;

  private static final int LOCAL_HEADER_BYTES = 30;

  /**
   * A fixed time, so that equal tensors give equal files. For 1 January 1980 Java would write a
   * longer header.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final Map<String, TensorInfo> tensors;
  private final Function<String, ByteBuffer> values;
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

  TorchPickleWriter(Map<String, TensorInfo> tensors, Function<String, ByteBuffer> values) {
    this.tensors = tensors;
    this.values = values;
  }

  void writeTo(Path file) {
    stateDict();
    Path target = file.toAbsolutePath();
    try {
      Path draft = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
      try {
        try (OutputStream out = Files.newOutputStream(draft)) {
          zip(new BufferedOutputStream(out));
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private void stateDict() {
    pickle.write(0x80);
    pickle.write(2);
    orderedDict();
    pickle.write('(');
    int storage = 0;
    for (Map.Entry<String, TensorInfo> tensor : tensors.entrySet()) {
      text(tensor.getKey());
      tensor(tensor.getValue(), String.valueOf(storage++));
    }
    pickle.write('u');
    pickle.write('.');
  }

  private void tensor(TensorInfo info, String storage) {
    global("torch._utils\n_rebuild_tensor_v2\n");
    pickle.write('(');
    pickle.write('(');
    text("storage");
    global("torch\n" + storageClass(info.dtype()) + "\n");
    text(storage);
    text("cpu");
    number(info.elements());
    pickle.write('t');
    pickle.write('Q');
    number(0);
    tuple(info.shape());
    tuple(TensorRegion.rowMajor(info.shape()));
    pickle.write(0x89);
    orderedDict();
    pickle.write('t');
    pickle.write('R');
  }

  private static String storageClass(DType dtype) {
    return switch (dtype) {
      case F32 -> "FloatStorage";
      case F16 -> "HalfStorage";
      default -> throw new IllegalArgumentException("dtype is " + dtype + ", must be F32 or F16");
    };
  }

  private void orderedDict() {
    global("collections\nOrderedDict\n");
    pickle.write(')');
    pickle.write('R');
  }

  private void global(String lines) {
    pickle.write('c');
    pickle.writeBytes(lines.getBytes(StandardCharsets.UTF_8));
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    pickle.write('X');
    pickle.writeBytes(little(4).putInt(utf8.length).array());
    pickle.writeBytes(utf8);
  }

  private void number(long number) {
    pickle.write(0x8a);
    pickle.write(8);
    pickle.writeBytes(little(8).putLong(number).array());
  }

  private void tuple(long[] numbers) {
    pickle.write('(');
    for (long number : numbers) {
      number(number);
    }
    pickle.write('t');
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void zip(OutputStream out) throws IOException {
    CountingStream counted = new CountingStream(out);
    try (ZipOutputStream zip = new ZipOutputStream(counted)) {
      entry(zip, counted, "data.pkl", ByteBuffer.wrap(pickle.toByteArray()));
      int storage = 0;
      for (Map.Entry<String, TensorInfo> tensor : tensors.entrySet()) {
        ByteBuffer bytes = values.apply(tensor.getKey());
        if (bytes.remaining() != tensor.getValue().bytes()) {
          throw new IllegalArgumentException(
              bytes.remaining()
                  + " bytes of values, the tensor needs "
                  + tensor.getValue().bytes());
        }
        entry(zip, counted, "data/" + storage++, bytes);
      }
      entry(zip, counted, "version", ByteBuffer.wrap(new byte[] {'3', '\n'}));
    }
  }

  private static void entry(
      ZipOutputStream zip, CountingStream counted, String name, ByteBuffer data)
      throws IOException {
    ZipEntry entry = new ZipEntry(ARCHIVE + name);
    CRC32 crc = new CRC32();
    crc.update(data.duplicate());
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(data.remaining());
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(TIME);
    long dataAt = counted.written + LOCAL_HEADER_BYTES + entry.getName().length() + 4;
    byte[] padding = new byte[4 + (int) (-dataAt & (ALIGNMENT - 1))];
    // The extra field "FB", which PyTorch uses for padding.
    ByteBuffer.wrap(padding)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 'F')
        .put((byte) 'B')
        .putShort((short) (padding.length - 4));
    entry.setExtra(padding);
    zip.putNextEntry(entry);
    WritableByteChannel channel = Channels.newChannel(zip);
    while (data.hasRemaining()) {
      channel.write(data);
    }
    zip.closeEntry();
  }

  /** Counts the bytes written so far. */
  private static final class CountingStream extends FilterOutputStream {
    private long written;

    CountingStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      written += length;
    }
  }
}
