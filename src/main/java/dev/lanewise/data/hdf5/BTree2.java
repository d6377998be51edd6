// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.function.Consumer;

/** A B-tree of version 2: the index of chunks, names or attributes, by what its records are. */
final class BTree2 {

  // No tree that fits into a file is as deep.
  private static final int DEEPEST = 16;
  private static final int NODE_OVERHEAD = 6 + IndexBlocks.CHECKSUM;

  private final IndexBlocks blocks;
  private final int type;
  private final int recordSize;
  private final int depth;
  private final long root;
  private final int rootRecords;
  private final long total;
  private final long[] mostRecords;
  // The bytes of the number of records in a node, and below a node at each level.
  private final int countSize;
  private final int[] totalSizes;
  private long records;

  /**
   * Reads the header.
   *
   * @param address of the header
   * @throws dev.lanewise.data.DataException if it is damaged
   */
  BTree2(IndexBlocks blocks, long address) {
    this.blocks = blocks;
    int size = 16 + blocks.addressSize() + 2 + blocks.lengthSize() + IndexBlocks.CHECKSUM;
    ByteBuffer in = blocks.start("BTHD", address, size);
    this.type = in.get();
    long nodeSize = Integer.toUnsignedLong(in.getInt());
    this.recordSize = Short.toUnsignedInt(in.getShort());
    this.depth = Short.toUnsignedInt(in.getShort());
    // The percentages at which nodes are split and merged.
    in.getShort();
    this.root = blocks.address(in);
    this.rootRecords = Short.toUnsignedInt(in.getShort());
    this.total = blocks.length(in);
    if (depth > DEEPEST || recordSize == 0) {
      throw blocks.damaged(
          String.format(
              Locale.ROOT,
              "there is a tree of depth %d with records of %d bytes",
              depth,
              recordSize));
    }
    this.mostRecords = new long[depth + 1];
    this.totalSizes = new int[depth + 1];
    mostRecords[0] = (nodeSize - NODE_OVERHEAD) / recordSize;
    this.countSize = bytes(mostRecords[0]);
    long below = mostRecords[0];
    for (int level = 1; level <= depth; level++) {
      int pointer = blocks.addressSize() + countSize + totalSizes[level - 1];
      mostRecords[level] = (nodeSize - NODE_OVERHEAD - pointer) / (recordSize + pointer);
      below = below(mostRecords[level], below);
      totalSizes[level] = bytes(below);
    }
  }

  private long below(long most, long each) {
    try {
      return Math.addExact(Math.multiplyExact(most + 1, each), most);
    } catch (ArithmeticException e) {
      throw blocks.damaged("there is a tree of more than 2^63 records");
    }
  }

  private static int bytes(long most) {
    return most < 1 ? 1 : (63 - Long.numberOfLeadingZeros(most)) / 8 + 1;
  }

  /** What kind of records these are. */
  int type() {
    return type;
  }

  /** The bytes of a record. */
  int recordSize() {
    return recordSize;
  }

  /**
   * Gives all records, in no order that means anything.
   *
   * @param sink takes the bytes of each
   * @throws dev.lanewise.data.DataException if a node is damaged
   */
  void forEach(Consumer<ByteBuffer> sink) {
    if (root != CheckedStorage.UNDEFINED) {
      readNode(root, depth, rootRecords, sink);
    }
    if (records != total) {
      throw blocks.damaged(
          String.format(
              Locale.ROOT,
              "the tree has %d records, its header says %s",
              records,
              Long.toUnsignedString(total)));
    }
  }

  private void readNode(long address, int level, long count, Consumer<ByteBuffer> sink) {
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
      sink.accept(in.slice(in.position(), recordSize).order(ByteOrder.LITTLE_ENDIAN));
      in.position(in.position() + recordSize);
    }
    records += count;
    for (long i = 0; level > 0 && i <= count; i++) {
      long child = blocks.address(in);
      long childCount = CheckedStorage.number(in, countSize);
      CheckedStorage.number(in, totalSize);
      readNode(child, level - 1, childCount, sink);
    }
  }
}
