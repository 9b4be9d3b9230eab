package io.buckbench.checkpoint;

import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the positions of the entries of an uncompressed zip file, so that they can be
 * memory-mapped; Java's reader does not report them. Reads ZIP64, for files over 4 GB. Source:
 * PKWARE's APPNOTE, sections 4.3.7 to 4.3.16 and 4.5.3.
 */
final class StoredZip {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int LOCATOR_64_BYTES = 20;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int END_BYTES = 22;
  private static final long IN_ZIP64 = 0xFFFFFFFFL;
  private static final int EXTRA_ZIP64 = 1;
  private static final long MOST_DIRECTORY_BYTES = 100_000_000;
  private static final String DAMAGED = "the file is damaged or forged: fetch it again";

  /**
   * An entry.
   *
   * @param name as in the directory
   * @param offset position of its data in the file
   * @param bytes length of its data
   */
  record StoredFile(String name, long offset, long bytes) {}

  private final Path file;
  private final FileChannel channel;
  private final long fileBytes;
  private final Map<String, StoredFile> entries = new LinkedHashMap<>();

  private StoredZip(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    this.fileBytes = channel.size();
  }

  /**
   * Returns the entries by name, in directory order. Checks that they are in the file and disjoint.
   */
  static Map<String, StoredFile> entries(Path file, FileChannel channel) throws IOException {
    StoredZip zip = new StoredZip(file, channel);
    zip.readDirectory();
    zip.noneOverlaps();
    return zip.entries;
  }

  private ChannelInput at(long offset) {
    if (offset < 0 || offset > fileBytes) {
      throw refused("zip directory", "an offset of " + offset, "0 to " + fileBytes);
    }
    return new ChannelInput(file + " zip directory", channel, offset, fileBytes);
  }

  private void readDirectory() {
    long endAt = endRecord();
    ChannelInput end = at(endAt + 10);
    long count = end.unsignedShort();
    long bytes = end.unsignedInt();
    long begin = end.unsignedInt();
    if (endAt >= LOCATOR_64_BYTES && at(endAt - LOCATOR_64_BYTES).int32() == LOCATOR_64) {
      ChannelInput end64 = at(at(endAt - LOCATOR_64_BYTES + 8).int64());
      if (end64.int32() != END_64) {
        throw refused(
            "zip directory", "no ZIP64 record at the announced position", "a ZIP64 record");
      }
      end64.bytes(28);
      count = end64.int64();
      bytes = end64.int64();
      begin = end64.int64();
    }
    if (bytes < 0 || bytes > MOST_DIRECTORY_BYTES || begin < 0 || begin > endAt - bytes) {
      throw refused(
          "zip directory",
          bytes + " bytes at byte " + begin,
          "at most " + MOST_DIRECTORY_BYTES + ", before byte " + endAt);
    }
    ChannelInput directory =
        new ChannelInput(file + " zip directory", channel, begin, begin + bytes);
    for (long i = 0; i < count; i++) {
      StoredFile entry = entry(directory, begin);
      if (entries.put(entry.name(), entry) != null) {
        throw refused("entry " + entry.name(), "the name twice", "each name once");
      }
    }
  }

  /** Finds the end record; a comment may follow it, so the search goes backwards. */
  private long endRecord() {
    long earliest = Math.max(0, fileBytes - END_BYTES - LONGEST_COMMENT);
    for (long at = fileBytes - END_BYTES; at >= earliest; at--) {
      if (at(at).int32() == END && at(at + 20).unsignedShort() == fileBytes - at - END_BYTES) {
        return at;
      }
    }
    throw refused("zip directory", "no end record", "an end record in the last 64 kB");
  }

  private StoredFile entry(ChannelInput in, long dataEnd) {
    if (in.int32() != CENTRAL) {
      throw refused("zip directory byte " + in.position(), "no entry", "an entry");
    }
    in.bytes(4);
    int flags = in.unsignedShort();
    int method = in.unsignedShort();
    in.bytes(8);
    long packed = in.unsignedInt();
    long bytes = in.unsignedInt();
    int nameBytes = in.unsignedShort();
    int extraBytes = in.unsignedShort();
    int commentBytes = in.unsignedShort();
    in.bytes(8);
    long header = in.unsignedInt();
    String name = InputText.utf8(file + " zip directory", in.bytes(nameBytes));
    long extraEnd = in.position() + extraBytes;
    while (extraEnd - in.position() >= 4) {
      int id = in.unsignedShort();
      long next = in.unsignedShort();
      next += in.position();
      if (id == EXTRA_ZIP64) {
        bytes = bytes == IN_ZIP64 ? in.int64() : bytes;
        packed = packed == IN_ZIP64 ? in.int64() : packed;
        header = header == IN_ZIP64 ? in.int64() : header;
      }
      in.bytes(next - in.position());
    }
    in.bytes(extraEnd - in.position() + commentBytes);
    if (method != 0 || (flags & 1) != 0 || packed != bytes) {
      throw refused(
          "entry " + name,
          "a compressed or encrypted entry",
          "an uncompressed one, as torch.save writes");
    }
    if (name.startsWith("/") || name.contains("\\") || ("/" + name + "/").contains("/../")) {
      throw refused("entry " + name, "a path out of the archive", "a path inside the archive");
    }
    return new StoredFile(name, dataOffset(name, header, bytes, dataEnd), bytes);
  }

  private long dataOffset(String name, long header, long bytes, long dataEnd) {
    ChannelInput local = at(header);
    if (local.int32() != LOCAL) {
      throw refused("entry " + name, "no entry at byte " + header, "an entry");
    }
    local.bytes(22);
    int nameBytes = local.unsignedShort();
    int extraBytes = local.unsignedShort();
    String here = InputText.utf8(file + " entry " + name, local.bytes(nameBytes));
    if (!here.equals(name)) {
      throw refused("entry " + name, "the name " + here + " at its position", "the same name");
    }
    long offset = local.position() + extraBytes;
    if (bytes < 0 || offset > dataEnd || bytes > dataEnd - offset) {
      throw refused(
          "entry " + name, bytes + " bytes from byte " + offset, "an end before byte " + dataEnd);
    }
    return offset;
  }

  private void noneOverlaps() {
    Problems problems = new Problems();
    List<StoredFile> ordered = new ArrayList<>(entries.values());
    ordered.sort(Comparator.comparingLong(StoredFile::offset));
    StoredFile before = null;
    for (StoredFile entry : ordered) {
      if (before != null && entry.offset() < before.offset() + before.bytes()) {
        problems.add(
            file + " entry " + entry.name(),
            "data over entry " + before.name(),
            "disjoint entries",
            DAMAGED);
      }
      before = entry;
    }
    problems.throwIfAny();
  }

  private InvalidInputException refused(String what, String found, String expected) {
    return new InvalidInputException(file + " " + what, found, expected, DAMAGED);
  }
}
