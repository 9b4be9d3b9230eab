package io.buckbench.checkpoint;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads little-endian numbers and bytes from a section of a file, never past its end. */
final class ChannelInput {
  private static final int CHUNK_BYTES = 1 << 12;

  private final String where;
  private final FileChannel channel;
  private final long end;
  private final ByteBuffer chunk =
      ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long chunkEnd;

  /**
   * @param where names the section in messages
   * @param begin position of the first byte
   * @param end position after the last byte
   */
  ChannelInput(String where, FileChannel channel, long begin, long end) {
    this.where = where;
    this.channel = channel;
    this.chunkEnd = begin;
    this.end = end;
  }

  /** The position of the next byte in the file. */
  long position() {
    return chunkEnd - chunk.remaining();
  }

  int unsignedByte() {
    return need(1).get() & 0xFF;
  }

  int unsignedShort() {
    return need(2).getShort() & 0xFFFF;
  }

  int int32() {
    return need(4).getInt();
  }

  long unsignedInt() {
    return int32() & 0xFFFFFFFFL;
  }

  long int64() {
    return need(8).getLong();
  }

  /** Reads the next bytes. Checks the count against the bytes left before it allocates. */
  byte[] bytes(long count) {
    if (count < 0 || count > end - position() || count > Integer.MAX_VALUE - 8) {
      throw ended(count);
    }
    byte[] bytes = new byte[(int) count];
    for (int done = 0; done < bytes.length; ) {
      int some = Math.min(bytes.length - done, CHUNK_BYTES);
      need(some).get(bytes, done, some);
      done += some;
    }
    return bytes;
  }

  private ByteBuffer need(int count) {
    if (chunk.remaining() >= count) {
      return chunk;
    }
    if (count > end - position()) {
      throw ended(count);
    }
    try {
      chunk.compact().limit((int) Math.min(CHUNK_BYTES, chunk.position() + end - chunkEnd));
      while (chunk.hasRemaining()) {
        int read = channel.read(chunk, chunkEnd);
        if (read < 0) {
          throw ended(count);
        }
        chunkEnd += read;
      }
      return chunk.flip();
    } catch (IOException e) {
      throw new UncheckedIOException(where, e);
    }
  }

  private InvalidInputException ended(long count) {
    return new InvalidInputException(
        where + " byte " + position(),
        "only " + (end - position()) + " more bytes",
        Long.toUnsignedString(count) + " bytes",
        "the file was cut short or is damaged: fetch it again");
  }
}
