// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.lanewise.data.DataException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The elements of a data set in C order: uncompressed, checked to be all there, not yet decoded.
 *
 * @param entry what the file says about them
 * @param type how each is stored
 * @param bytes exactly {@code entry.byteSize()} bytes, valid while the file is open
 */
record Elements(Hdf5Entry entry, ElementType type, MemorySegment bytes) {

  /**
   * A run of elements, ready for the decoding methods of {@link ElementType}.
   *
   * @param first the index of the first element
   * @param count the number of elements; their bytes must be fewer than 2 GiB
   */
  ByteBuffer run(long first, int count) {
    return bytes
        .asSlice(first * type.size(), (long) count * type.size())
        .asByteBuffer()
        .order(type.order());
  }

  /** Copies the bytes of a run of one-byte elements. */
  void copyBytes(long first, byte[] out) {
    MemorySegment.copy(bytes, JAVA_BYTE, first, out, 0, out.length);
  }

  /** The number of elements, checked to fit a Java array. */
  int arrayLength(String source) {
    long count = entry.elements();
    if (count > Integer.MAX_VALUE - 8) {
      throw new DataException(source, "data set " + entry + " is too long for a Java array");
    }
    return (int) count;
  }
}
