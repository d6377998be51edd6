package dev.lanewise.data.hdf5;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The index of chunks of a data set with several dimensions without limit: a B-tree of version 2,
 * whose records name the place of a chunk.
 */
final class ChunkTree {

  // No tree of chunks that fits into a file is as deep.
  private static final int DEEPEST = 16;
  private static final int NODE_OVERHEAD = 6 + IndexBlocks.CHECKSUM;
  private static final int PLAIN = 10;
  private static final int FILTERED = 11;

  /** Takes a record. */
  interface Sink {

    /**
     * Takes one.
     *
     * @param place of the chunk, counted in chunks
     * @param address where it is
     * @param size its bytes in the file
     */
    void record(long[] place, long address, long size);
  }

  private final IndexBlocks blocks;
  private final int rank;
  private final int type;
  private final int recordSize;
  private final ChunkRecord form;
  private final long[] mostRecords;
  // The bytes of the number of records in a node, and below a node at each level.
  private final int countSize;
  private final int[] totalSizes;
  private final Sink sink;
  private long records;

  private ChunkTree(
      IndexBlocks blocks,
      int rank,
      int type,
      long nodeSize,
      int recordSize,
      int depth,
      int chunkBytes,
      Sink sink) {
    this.blocks = blocks;
    this.rank = rank;
    this.type = type;
    this.recordSize = recordSize;
    this.sink = sink;
    if (type != PLAIN && type != FILTERED || depth > DEEPEST) {
      throw blocks.damaged(
          String.format(Locale.ROOT, "there is a tree of type %d and depth %d", type, depth));
    }
    this.form =
        ChunkRecord.of(blocks, type == FILTERED, recordSize - rank * Long.BYTES, chunkBytes);
    this.mostRecords = new long[depth + 1];
    this.totalSizes = new int[depth + 1];
    mostRecords[0] = (nodeSize - NODE_OVERHEAD) / recordSize;
    this.countSize = bytes(mostRecords[0]);
    long total = mostRecords[0];
    for (int level = 1; level <= depth; level++) {
      int pointer = blocks.addressSize() + countSize + totalSizes[level - 1];
      mostRecords[level] = (nodeSize - NODE_OVERHEAD - pointer) / (recordSize + pointer);
      total = below(mostRecords[level], total);
      totalSizes[level] = bytes(total);
    }
  }

  private long below(long most, long total) {
    try {
      return Math.addExact(Math.multiplyExact(most + 1, total), most);
    } catch (ArithmeticException e) {
      throw blocks.damaged("there is a tree of more than 2^63 records");
    }
  }

  private static int bytes(long most) {
    return most < 1 ? 1 : (63 - Long.numberOfLeadingZeros(most)) / 8 + 1;
  }

  /**
   * Reads all records.
   *
   * @param address of the header
   * @param rank the dimensions of the data set
   * @param chunkBytes the size of a chunk before compression
   * @throws dev.lanewise.data.DataException if a block is damaged
   */
  static void read(IndexBlocks blocks, long address, int rank, int chunkBytes, Sink sink) {
    int size = 16 + blocks.addressSize() + 2 + blocks.lengthSize() + IndexBlocks.CHECKSUM;
    ByteBuffer in = blocks.start("BTHD", address, size);
    int type = in.get();
    long nodeSize = Integer.toUnsignedLong(in.getInt());
    int recordSize = Short.toUnsignedInt(in.getShort());
    int depth = Short.toUnsignedInt(in.getShort());
    // The percentages at which nodes are split and merged.
    in.getShort();
    long root = blocks.address(in);
    int count = Short.toUnsignedInt(in.getShort());
    long total = blocks.length(in);
    ChunkTree tree =
        new ChunkTree(blocks, rank, type, nodeSize, recordSize, depth, chunkBytes, sink);
    if (root != IndexBlocks.UNDEFINED) {
      tree.readNode(root, depth, count);
    }
    if (tree.records != total) {
      throw blocks.damaged(
          String.format(
              Locale.ROOT,
              "the tree has %d records, its header says %s",
              tree.records,
              Long.toUnsignedString(total)));
    }
  }

  private void readNode(long address, int level, long count) {
    if (count < 0 || count > mostRecords[level]) {
      throw blocks.damaged(
          String.format(
              Locale.ROOT, "a node at %d has %s records", address, Long.toUnsignedString(count)));
    }
    int totalSize = level == 0 ? 0 : totalSizes[level - 1];
    int pointer = blocks.addressSize() + countSize + totalSize;
    long length = NODE_OVERHEAD + count * recordSize + (level == 0 ? 0 : (count + 1) * pointer);
    ByteBuffer in = blocks.start(level == 0 ? "BTLF" : "BTIN", address, length);
    if (in.get() != type) {
      throw blocks.damaged(String.format(Locale.ROOT, "a node at %d is of another tree", address));
    }
    for (long i = 0; i < count; i++) {
      long chunk = blocks.address(in);
      long size = form.size(in);
      long[] place = new long[rank];
      for (int k = 0; k < rank; k++) {
        place[k] = in.getLong();
      }
      sink.record(place, chunk, size);
    }
    records += count;
    for (long i = 0; level > 0 && i <= count; i++) {
      long child = blocks.address(in);
      long childCount = IndexBlocks.number(in, countSize);
      IndexBlocks.number(in, totalSize);
      readNode(child, level - 1, childCount);
    }
  }
}
