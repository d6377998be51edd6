// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the blocks of one index of chunks or of names. It reads each block at most once, and
 * rejects blocks with a wrong checksum.
 *
 * <p>The storage rejects addresses outside of the file and limits the number of bytes that are
 * read, so that the time for an index is bounded by the size of its file.
 */
final class IndexBlocks {

  /** The bytes of a checksum, at the end of each block. */
  static final int CHECKSUM = Integer.BYTES;

  // Signature, version and kind.
  private static final int START = 4 + 1 + 1;

  /** Receives the children of a tree of version 1. */
  interface OldChild {

    /**
     * Receives a child.
     *
     * @param key the bytes of the key before it
     * @param address where it is
     */
    void child(ByteBuffer key, long address);
  }

  private final CheckedStorage storage;
  private final String source;
  private final String subject;
  private final Set<Long> seen = new HashSet<>();

  /**
   * Reads nothing yet.
   *
   * @param storage the file
   * @param source its name, for messages
   * @param subject the object with the index, and the kind of the index, for messages: {@code data
   *     set 'x' is damaged: in its index of chunks}
   */
  IndexBlocks(CheckedStorage storage, String source, String subject) {
    this.storage = storage;
    this.source = source;
    this.subject = subject;
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
    checkSignature(in, signature, address);
    int version = in.get();
    if (version != 0) {
      throw damaged(
          String.format(Locale.ROOT, "block %s at %d has version %d", signature, address, version));
    }
    return in;
  }

  /**
   * Reads the first four bytes of a block.
   *
   * @throws DataException if they are not the expected ones
   */
  void checkSignature(ByteBuffer in, String signature, long address) {
    byte[] found = new byte[4];
    in.get(found);
    if (!signature.equals(new String(found, StandardCharsets.ISO_8859_1))) {
      throw damaged(String.format(Locale.ROOT, "there is no block %s at %d", signature, address));
    }
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
    ByteBuffer in = once(name, address, length);
    int end = (int) length - CHECKSUM;
    int stored = in.getInt(end);
    in.limit(end);
    if (JenkinsLookup3HashLittle.hash(in.duplicate()) != stored) {
      throw damaged(
          String.format(Locale.ROOT, "the checksum of block %s at %d differs", name, address));
    }
    return in;
  }

  /**
   * Some bytes, which are read for the first time.
   *
   * @param name what they are, for messages
   * @throws DataException if they were read before
   */
  ByteBuffer once(String name, long address, long length) {
    if (length <= CHECKSUM || length > Integer.MAX_VALUE) {
      throw damaged(
          String.format(Locale.ROOT, "block %s at %d cannot have %d bytes", name, address, length));
    }
    if (!seen.add(address)) {
      throw damaged(String.format(Locale.ROOT, "block %s at %d is used twice", name, address));
    }
    return storage.readBufferFromAddress(address, (int) length);
  }

  /**
   * Gives the children of the leaves of a B-tree of version 1, which has no checksums.
   *
   * @param address of its root
   * @param type that its nodes must have: 0 for names, 1 for chunks
   * @param keySize the bytes of a key
   * @param sink takes the children, in their order
   * @throws DataException if it is damaged
   */
  void readOldTree(long address, int type, int keySize, OldChild sink) {
    readOldNode(address, type, -1, keySize, sink);
  }

  private void readOldNode(long address, int type, int level, int keySize, OldChild sink) {
    int start = 8 + 2 * addressSize();
    ByteBuffer head = once("TREE", address, start);
    checkSignature(head, "TREE", address);
    int foundType = head.get();
    int foundLevel = Byte.toUnsignedInt(head.get());
    int count = Short.toUnsignedInt(head.getShort());
    if (foundType != type || level >= 0 && foundLevel != level) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "a node at %d is of type %d and level %d",
              address,
              foundType,
              foundLevel));
    }
    int step = keySize + addressSize();
    ByteBuffer in = storage.readBufferFromAddress(address + start, count * step);
    for (int i = 0; i < count; i++) {
      ByteBuffer key = in.slice(i * step, keySize).order(ByteOrder.LITTLE_ENDIAN);
      long child = address(in.position(i * step + keySize));
      if (foundLevel == 0) {
        sink.child(key, child);
      } else {
        readOldNode(child, type, foundLevel - 1, keySize, sink);
      }
    }
  }

  /** The next address, {@link CheckedStorage#UNDEFINED} for none. */
  long address(ByteBuffer in) {
    return storage.address(in);
  }

  /** The next length, below 0 where it is beyond int64. */
  long length(ByteBuffer in) {
    return storage.length(in);
  }

  /** Whether a bit is set; the first is the highest of its byte. */
  static boolean bit(byte[] bits, long index) {
    return (bits[Math.toIntExact(index / 8)] & 0x80 >> (int) (index % 8)) != 0;
  }

  /** Throws the exception for a damaged index. */
  DataException damaged(String what) {
    return new DataException(source, subject + ", " + what);
  }
}
