// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where a group or an object with many members keeps what describes each: a heap whose blocks
 * double in size, each of which has a checksum.
 *
 * <p>A row of the table has {@code width} blocks. Those of the first two rows are of the smallest
 * size, those of each later row twice as large as in the row before. Beyond a limit they are tables
 * themselves.
 */
final class FractalHeap {

  private static final int CHECKED_BLOCKS = 1 << 1;

  private final CheckedStorage storage;
  private final IndexBlocks blocks;
  private final long header;
  private final int idSize;
  private final boolean checkedBlocks;
  private final long width;
  private final long smallest;
  private final long largestDirect;
  private final int offsetSize;
  private final int lengthSize;
  private final long root;
  private final int rootRows;
  private final Map<Long, ByteBuffer> read = new HashMap<>();

  /**
   * Reads the header.
   *
   * @param source the file, for messages
   * @param subject what has the heap, as for {@link IndexBlocks}
   * @param address of the header
   * @throws dev.lanewise.data.DataException if it is damaged
   */
  FractalHeap(CheckedStorage storage, String source, String subject, long address) {
    this.storage = storage;
    this.blocks = new IndexBlocks(storage, source, subject);
    this.header = address;
    int lengths = blocks.lengthSize();
    int addresses = blocks.addressSize();
    ByteBuffer in = blocks.start("FRHP", address, 26 + 12 * lengths + 3 * addresses);
    this.idSize = Short.toUnsignedInt(in.getShort());
    int filters = Short.toUnsignedInt(in.getShort());
    this.checkedBlocks = (in.get() & CHECKED_BLOCKS) != 0;
    long largestObject = Integer.toUnsignedLong(in.getInt());
    // Huge objects, free space, and counts, of which none is needed.
    in.position(in.position() + 10 * lengths + 2 * addresses);
    this.width = Short.toUnsignedInt(in.getShort());
    this.smallest = blocks.length(in);
    this.largestDirect = blocks.length(in);
    int bits = Short.toUnsignedInt(in.getShort());
    in.getShort();
    this.root = blocks.address(in);
    this.rootRows = Short.toUnsignedInt(in.getShort());
    if (filters != 0
        || Long.bitCount(width) != 1
        || Long.bitCount(smallest) != 1
        || Long.bitCount(largestDirect) != 1
        || smallest > largestDirect
        || largestDirect > Integer.MAX_VALUE
        || bits > 63) {
      throw blocks.damaged(
          String.format(
              Locale.ROOT,
              "there is a heap of blocks of %d to %d bytes, %d in a row, with %d bytes of filters",
              smallest,
              largestDirect,
              width,
              filters));
    }
    this.offsetSize = (bits + 7) / 8;
    int direct = (Long.numberOfTrailingZeros(largestDirect) + 7) / 8;
    int object = (63 - Long.numberOfLeadingZeros(Math.max(1, largestObject))) / 8 + 1;
    this.lengthSize = Math.min(direct, object);
  }

  /**
   * An object.
   *
   * @param id what a record of an index calls it
   * @throws dev.lanewise.data.DataException if it is not in the heap
   */
  ByteBuffer object(ByteBuffer id) {
    int kind = id.get();
    if (kind != 0 || id.capacity() != idSize || root == CheckedStorage.UNDEFINED) {
      // Those of more than 64 KiB are kept elsewhere, and those of a few bytes in the index.
      throw blocks.damaged(
          String.format(
              Locale.ROOT, "there is an object of kind %d, expected one in the heap", kind));
    }
    id.order(ByteOrder.LITTLE_ENDIAN);
    long offset = CheckedStorage.number(id, offsetSize);
    int length = (int) CheckedStorage.number(id, lengthSize);
    long block = root;
    int rows = rootRows;
    long blockStart = 0;
    long size = smallest;
    while (rows > 0) {
      long within = offset - blockStart;
      int row = row(within);
      size = smallest << Math.max(0, row - 1);
      long rowStart = row == 0 ? 0 : width * size;
      long column = (within - rowStart) / size;
      if (row >= rows) {
        throw blocks.damaged("there is an object beyond the end of its heap");
      }
      block = child(block, rows, Math.toIntExact(row * width + column));
      blockStart += rowStart + column * size;
      rows = size <= largestDirect ? 0 : row(size);
    }
    ByteBuffer data = direct(block, Math.toIntExact(size));
    long at = offset - blockStart;
    if (at < 0 || at > data.limit() - length) {
      throw blocks.damaged("there is an object beyond the end of its block");
    }
    return data.slice((int) at, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  // The row in which something begins; that of the size of a block is the number of its rows.
  private int row(long offset) {
    long of = offset / (width * smallest);
    return of == 0 ? 0 : 64 - Long.numberOfLeadingZeros(of);
  }

  private long child(long address, int rows, int index) {
    int start = blocks.prefix() - 1 + offsetSize;
    ByteBuffer table =
        read.computeIfAbsent(
            address,
            it -> {
              long length = start + rows * width * blocks.addressSize() + IndexBlocks.CHECKSUM;
              ByteBuffer in = blocks.start("FHIB", it, length);
              checkOwner(in, it);
              return in;
            });
    long child =
        blocks.address(
            table
                .duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(start + index * blocks.addressSize()));
    if (child == CheckedStorage.UNDEFINED) {
      throw blocks.damaged("there is an object in a block that is not there");
    }
    return child;
  }

  private ByteBuffer direct(long address, int size) {
    return read.computeIfAbsent(
        address,
        it -> {
          byte[] bytes = new byte[size];
          storage.readBufferFromAddress(it, size).get(bytes);
          ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
          blocks.checkSignature(in, "FHDB", it);
          in.get();
          checkOwner(in, it);
          if (checkedBlocks) {
            // The sum is over the block with zeros in its place.
            int at = blocks.prefix() - 1 + offsetSize;
            int stored = in.getInt(at);
            in.putInt(at, 0);
            if (JenkinsLookup3HashLittle.hash(bytes) != stored) {
              throw blocks.damaged(
                  String.format(Locale.ROOT, "the checksum of block FHDB at %d differs", it));
            }
          }
          return in;
        });
  }

  private void checkOwner(ByteBuffer in, long address) {
    if (blocks.address(in) != header) {
      throw blocks.damaged(
          String.format(Locale.ROOT, "the block at %d belongs to another heap", address));
    }
  }
}
