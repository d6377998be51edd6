// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the first bytes of an HDF5 file, its superblock, promise about the whole.
 *
 * <p>jhdf reads the end-of-file address and ignores it, so that it reads a file cut short as if
 * nothing were missing. Here it is compared with the real size, as the HDF5 library does.
 *
 * @param base where the HDF5 file begins within the file, in bytes: 0 or the size of a user block
 */
record FileHeader(long base) {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  /**
   * Whether a file has the signature of HDF5 at one of the places where it may be.
   *
   * @throws IOException if the file cannot be read
   */
  static boolean isAt(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer bytes = ByteBuffer.allocate(SIGNATURE.length);
      for (long at = 0; at <= size - SIGNATURE.length; at = next(at)) {
        bytes.clear();
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
          // A read may return fewer bytes than were asked for.
        }
        if (!bytes.hasRemaining() && Arrays.equals(bytes.array(), SIGNATURE)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Reads and checks the superblock.
   *
   * @param bytes the whole file
   * @param source the file, for messages
   * @throws DataException if there is none, it is of an unknown version, or the file is shorter
   *     than it promises
   */
  static FileHeader read(MemorySegment bytes, String source) {
    long at = find(bytes);
    if (at < 0) {
      throw new DataException(
          source, "is not an HDF5 file (no signature), expected one that h5dump can read");
    }
    // The longest superblock: version 1 with addresses of 8 bytes.
    byte[] head = new byte[(int) Math.min(bytes.byteSize() - at, 28 + 4 * Long.BYTES)];
    MemorySegment.copy(bytes, JAVA_BYTE, at, head, 0, head.length);
    int version = byteAt(head, 8, source);
    if (version > 3) {
      throw new DataException(
          source, "is HDF5 with a superblock of version " + version + ", expected 0 to 3");
    }
    boolean old = version < 2;
    int width = byteAt(head, old ? 13 : 9, source);
    if (width != 2 && width != 4 && width != 8) {
      throw new DataException(
          source, "is damaged: addresses of " + width + " bytes, expected 2, 4 or 8");
    }
    int addresses = old ? (version == 0 ? 24 : 28) : 12;
    long base = address(head, addresses, width, source);
    long end = address(head, addresses + 2 * width, width, source);
    if (base != at) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "is damaged: its superblock is at byte %d and says it is at %s",
              at,
              Long.toUnsignedString(base)));
    }
    if (Long.compareUnsigned(end, bytes.byteSize()) > 0) {
      throw cutShort(source, bytes.byteSize(), Long.toUnsignedString(end));
    }
    return new FileHeader(base);
  }

  private static long find(MemorySegment bytes) {
    for (long at = 0; at <= bytes.byteSize() - SIGNATURE.length; at = next(at)) {
      if (bytes.asSlice(at, SIGNATURE.length).mismatch(MemorySegment.ofArray(SIGNATURE)) < 0) {
        return at;
      }
    }
    return -1;
  }

  private static long next(long at) {
    // Past the size of any file rather than back to its beginning.
    return at == 0 ? 512 : at > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : at * 2;
  }

  private static int byteAt(byte[] head, int at, String source) {
    if (at >= head.length) {
      throw cutShort(source, head.length, "a whole superblock of more");
    }
    return Byte.toUnsignedInt(head[at]);
  }

  private static long address(byte[] head, int at, int width, String source) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (long) byteAt(head, at + i, source) << (8 * i);
    }
    return value;
  }

  private static DataException cutShort(String source, long size, String expected) {
    return new DataException(
        source,
        String.format(
            Locale.ROOT, "is cut short: it has %d bytes, its header promises %s", size, expected));
  }
}
