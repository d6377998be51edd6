// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * What an index says about one chunk, as it is written: its address and, if chunks are filtered,
 * its size and the filters that were left out.
 *
 * @param filtered whether there is a size
 * @param sizeBytes the bytes of the size
 * @param chunkBytes the size of chunks that are not filtered
 */
record ChunkRecord(boolean filtered, int sizeBytes, int chunkBytes) {

  private static final int MASK = Integer.BYTES;

  /** Takes an element of an array. */
  interface Sink {

    /**
     * Takes one.
     *
     * @param index the number of the chunk
     * @param address where it is, {@link CheckedStorage#UNDEFINED} for nowhere
     * @param size its bytes in the file
     * @param mask the filters that it was written without, a bit each
     */
    void element(long index, long address, long size, int mask);
  }

  /**
   * The form of a record.
   *
   * @param length the bytes of all of it
   * @throws dev.lanewise.data.DataException if it cannot have so many
   */
  static ChunkRecord of(IndexBlocks blocks, boolean filtered, int length, int chunkBytes) {
    int sizeBytes = filtered ? length - blocks.addressSize() - MASK : 0;
    boolean possible =
        filtered ? sizeBytes >= 1 && sizeBytes <= Long.BYTES : length == blocks.addressSize();
    if (!possible) {
      throw blocks.damaged(String.format(Locale.ROOT, "a record has %d bytes", length));
    }
    return new ChunkRecord(filtered, sizeBytes, chunkBytes);
  }

  /**
   * The form of the elements of an array.
   *
   * @param kind of the array: 1 if chunks are filtered
   * @param length the bytes of an element
   */
  static ChunkRecord ofKind(IndexBlocks blocks, int kind, int length, int chunkBytes) {
    if (kind != 0 && kind != 1) {
      throw blocks.damaged(String.format(Locale.ROOT, "there is an array of kind %d", kind));
    }
    return of(blocks, kind == 1, length, chunkBytes);
  }

  /** Reads the size that follows the address. */
  long size(ByteBuffer in) {
    return filtered ? CheckedStorage.number(in, sizeBytes) : chunkBytes;
  }

  /** Reads the filters that were left out, which follow the size. */
  int mask(ByteBuffer in) {
    return filtered ? in.getInt() : 0;
  }

  /** Reads the elements that are left of a block, the first of which is chunk {@code first}. */
  void elements(IndexBlocks blocks, ByteBuffer in, long first, long count, Sink sink) {
    for (long i = 0; i < count; i++) {
      long address = blocks.address(in);
      long size = size(in);
      sink.element(first + i, address, size, mask(in));
    }
  }
}
