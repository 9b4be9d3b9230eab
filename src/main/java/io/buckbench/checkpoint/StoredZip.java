package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the entries of an uncompressed zip file lie, which Java's own reader does not tell; with it
 * their bytes can be mapped. Reads ZIP64, as files over 4 GB need. Source: PKWARE's APPNOTE,
 * sections 4.3.7 to 4.3.16 and 4.5.3.
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
  private static final String DAMAGED = "the file is damaged or made up: fetch it again";

  /**
   * @param name as the directory spells it
   * @param offset byte of the file at which its data begins
   * @param bytes of data
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

  /** Entries by name, in the directory's order, checked against the file and each other. */
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
        throw refused("zip directory", "no ZIP64 record where one is announced", "one");
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
        throw refused("entry " + entry.name(), "it twice", "each name once");
      }
    }
  }

  /** The end record, searched backwards over a comment, as every reader does. */
  private long endRecord() {
    long earliest = Math.max(0, fileBytes - END_BYTES - LONGEST_COMMENT);
    for (long at = fileBytes - END_BYTES; at >= earliest; at--) {
      if (at(at).int32() == END && at(at + 20).unsignedShort() == fileBytes - at - END_BYTES) {
        return at;
      }
    }
    throw refused("zip directory", "no end record", "one in the last 64 kB");
  }

  private StoredFile entry(ChannelInput in, long dataEnd) {
    if (in.int32() != CENTRAL) {
      throw refused("zip directory byte " + in.position(), "no entry", "one");
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
    String name = new String(in.bytes(nameBytes), StandardCharsets.UTF_8);
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
          "entry " + name, "it compressed or encrypted", "it stored as it is, as torch.save does");
    }
    if (name.startsWith("/") || name.contains("\\") || ("/" + name + "/").contains("/../")) {
      throw refused("entry " + name, "a path that escapes", "a path inside the archive");
    }
    return new StoredFile(name, dataOffset(name, header, bytes, dataEnd), bytes);
  }

  private long dataOffset(String name, long header, long bytes, long dataEnd) {
    ChannelInput local = at(header);
    if (local.int32() != LOCAL) {
      throw refused("entry " + name, "no entry at byte " + header, "one");
    }
    local.bytes(22);
    int nameBytes = local.unsignedShort();
    int extraBytes = local.unsignedShort();
    String here = new String(local.bytes(nameBytes), StandardCharsets.UTF_8);
    if (!here.equals(name)) {
      throw refused("entry " + name, "the name " + here + " at its place", "the same name");
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
    Collection<StoredFile> all = entries.values();
    StoredFile before = null;
    for (StoredFile entry :
        all.stream().sorted(Comparator.comparingLong(StoredFile::offset)).toList()) {
      if (before != null && entry.offset() < before.offset() + before.bytes()) {
        problems.add(
            file + " entry " + entry.name(), "data over entry " + before.name(), "none", DAMAGED);
      }
      before = entry;
    }
    problems.throwIfAny();
  }

  private InvalidInputException refused(String what, String found, String expected) {
    return new InvalidInputException(file + " " + what, found, expected, DAMAGED);
  }
}
