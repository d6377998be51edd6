// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import java.util.Locale;

/**
 * Indexes of chunks whose records name the place of a chunk: of data sets with several dimensions
 * without limit a B-tree of version 2, and of all in older files a B-tree of version 1.
 */
final class ChunkTree {

  private static final int PLAIN = 10;
  private static final int FILTERED = 11;
  private static final int OLD = 1;

  /** Takes a record. */
  interface Sink {

    /**
     * Takes one.
     *
     * @param place of the chunk, counted in chunks
     * @param address where it is
     * @param size its bytes in the file
     * @param mask the filters that it was written without, a bit each
     */
    void record(long[] place, long address, long size, int mask);
  }

  private ChunkTree() {}

  /**
   * Reads all records of a tree of version 2.
   *
   * @param address of the header
   * @param rank the dimensions of the data set
   * @param chunkBytes the size of a chunk before compression
   * @throws dev.lanewise.data.DataException if a block is damaged
   */
  static void read(IndexBlocks blocks, long address, int rank, int chunkBytes, Sink sink) {
    BTree2 tree = new BTree2(blocks, address);
    if (tree.type() != PLAIN && tree.type() != FILTERED) {
      throw blocks.damaged(String.format(Locale.ROOT, "there is a tree of type %d", tree.type()));
    }
    ChunkRecord form =
        ChunkRecord.of(
            blocks, tree.type() == FILTERED, tree.recordSize() - rank * Long.BYTES, chunkBytes);
    tree.forEach(
        in -> {
          long chunk = blocks.address(in);
          long size = form.size(in);
          int mask = form.mask(in);
          long[] place = new long[rank];
          for (int k = 0; k < rank; k++) {
            place[k] = in.getLong();
          }
          sink.record(place, chunk, size, mask);
        });
  }

  /**
   * Reads all records of a tree of version 1, which has no checksums.
   *
   * @param address of its root
   * @param chunk the sides of a chunk
   * @throws dev.lanewise.data.DataException if a node is damaged
   */
  static void readOld(IndexBlocks blocks, long address, int[] chunk, Sink sink) {
    int record = 8 + (chunk.length + 1) * Long.BYTES;
    blocks.readOldTree(
        address,
        OLD,
        record,
        (key, child) -> {
          long size = Integer.toUnsignedLong(key.getInt());
          int mask = key.getInt();
          long[] place = new long[chunk.length];
          for (int k = 0; k < chunk.length; k++) {
            long at = key.getLong();
            if (at % chunk[k] != 0) {
              throw blocks.damaged(
                  String.format(Locale.ROOT, "there is a chunk at %d in dimension %d", at, k));
            }
            place[k] = at / chunk[k];
          }
          sink.record(place, child, size, mask);
        });
  }
}
