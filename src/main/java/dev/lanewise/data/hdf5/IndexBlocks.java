package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import io.jhdf.checksum.JenkinsLookup3HashLittle;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the blocks of one index of chunks: each once, and none whose checksum differs.
 *
 * <p>The storage refuses what is not in the file and counts what is read, so that no index takes
 * more time than the size of its file allows.
 */
final class IndexBlocks {

  /** An address that says that there is nothing. */
  static final long UNDEFINED = -1;

  /** The bytes of a checksum, at the end of each block. */
  static final int CHECKSUM = Integer.BYTES;

  // Signature, version and kind.
  private static final int START = 4 + 1 + 1;

  private final HdfBackingStorage storage;
  private final String source;
  private final Hdf5Entry entry;
  private final Set<Long> seen = new HashSet<>();

  /**
   * Reads nothing yet.
   *
   * @param storage the file
   * @param source its name, for messages
   * @param entry the data set, for messages
   */
  IndexBlocks(HdfBackingStorage storage, String source, Hdf5Entry entry) {
    this.storage = storage;
    this.source = source;
    this.entry = entry;
  }

  /** As many addresses as the file has room for. */
  long mostAddresses() {
    return Math.min(Integer.MAX_VALUE - 8, storage.size() / addressSize());
  }

  /** The bytes of an address. */
  int addressSize() {
    return storage.getSizeOfOffsets();
  }

  /** The bytes of a length. */
  int lengthSize() {
    return storage.getSizeOfLengths();
  }

  /** The bytes before the content of a block that names its header. */
  int prefix() {
    return START + addressSize();
  }

  /**
   * A header or a node of a tree.
   *
   * @param signature its first four bytes
   * @param length in bytes, with the checksum
   * @return what is between the version and the checksum, beginning with the kind
   * @throws DataException if it is another block or damaged
   */
  ByteBuffer start(String signature, long address, long length) {
    ByteBuffer in = summed(signature, address, length);
    byte[] found = new byte[4];
    in.get(found);
    if (!signature.equals(new String(found, StandardCharsets.ISO_8859_1))) {
      throw damaged(String.format(Locale.ROOT, "there is no block %s at %d", signature, address));
    }
    int version = in.get();
    if (version != 0) {
      throw damaged(
          String.format(Locale.ROOT, "block %s at %d has version %d", signature, address, version));
    }
    return in;
  }

  /**
   * A block that belongs to a header.
   *
   * @param kind that of the header
   * @return what is between the header's address and the checksum
   * @throws DataException if it is another block, another header's, or damaged
   */
  ByteBuffer part(String signature, long address, long length, int kind, long header) {
    ByteBuffer in = start(signature, address, length);
    if (in.get() != kind || address(in) != header) {
      throw damaged(
          String.format(
              Locale.ROOT, "block %s at %d belongs to another index", signature, address));
    }
    return in;
  }

  /**
   * Some bytes and their checksum.
   *
   * @param name what they are, for messages
   * @param length in bytes, with the checksum
   * @return the bytes without the checksum
   * @throws DataException if they are read for the second time or the checksum differs
   */
  ByteBuffer summed(String name, long address, long length) {
    if (length <= CHECKSUM || length > Integer.MAX_VALUE) {
      throw damaged(
          String.format(Locale.ROOT, "block %s at %d cannot have %d bytes", name, address, length));
    }
    if (!seen.add(address)) {
      throw damaged(String.format(Locale.ROOT, "block %s at %d is used twice", name, address));
    }
    ByteBuffer in = storage.readBufferFromAddress(address, (int) length);
    int end = (int) length - CHECKSUM;
    int stored = in.getInt(end);
    in.limit(end);
    if (JenkinsLookup3HashLittle.hash(in.duplicate()) != stored) {
      throw damaged(
          String.format(Locale.ROOT, "the checksum of block %s at %d differs", name, address));
    }
    return in;
  }

  /** The next address, {@link #UNDEFINED} for none. */
  long address(ByteBuffer in) {
    int width = addressSize();
    long address = number(in, width);
    return width < Long.BYTES && address == (1L << 8 * width) - 1 ? UNDEFINED : address;
  }

  /** The next length, below 0 where it is beyond int64. */
  long length(ByteBuffer in) {
    return number(in, lengthSize());
  }

  /** The next number without a sign, below 0 where it is beyond int64. */
  static long number(ByteBuffer in, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (in.get() & 0xffL) << 8 * i;
    }
    return value;
  }

  /** Whether a bit is set; the first is the highest of its byte. */
  static boolean bit(byte[] bits, long index) {
    return (bits[Math.toIntExact(index / 8)] & 0x80 >> (int) (index % 8)) != 0;
  }

  /** The index is not as it should be. */
  DataException damaged(String what) {
    return new DataException(
        source,
        String.format(
            Locale.ROOT, "data set %s is damaged: in its index of chunks, %s", entry, what));
  }
}
