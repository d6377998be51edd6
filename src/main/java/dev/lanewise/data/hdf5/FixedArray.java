// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The index of chunks of a data set that may not grow without limit: one element for each chunk
 * that there may be, in one data block, in pages if there are many.
 */
final class FixedArray {

  private FixedArray() {}

  /**
   * Reads all elements that were ever written.
   *
   * @param address of the header
   * @param count the chunks that there may be
   * @param chunkBytes the size of a chunk before compression
   * @throws dev.lanewise.data.DataException if a block is damaged
   */
  static void read(
      IndexBlocks blocks, long address, long count, int chunkBytes, ChunkRecord.Sink sink) {
    int headerSize = 8 + blocks.lengthSize() + blocks.addressSize() + IndexBlocks.CHECKSUM;
    ByteBuffer header = blocks.start("FAHD", address, headerSize);
    int kind = header.get();
    int elementSize = Byte.toUnsignedInt(header.get());
    int pageBits = Byte.toUnsignedInt(header.get());
    ChunkRecord form = ChunkRecord.ofKind(blocks, kind, elementSize, chunkBytes);
    long elements = blocks.length(header);
    if (elements != count || pageBits > 31) {
      throw blocks.damaged(
          String.format(
              Locale.ROOT,
              "there are %s elements in pages of 2^%d, expected %d elements",
              Long.toUnsignedString(elements),
              pageBits,
              count));
    }
    long block = blocks.address(header);
    if (block == CheckedStorage.UNDEFINED) {
      return;
    }
    long page = 1L << pageBits;
    if (count <= page) {
      long length = blocks.prefix() + count * elementSize + IndexBlocks.CHECKSUM;
      form.elements(blocks, blocks.part("FADB", block, length, kind, address), 0, count, sink);
      return;
    }
    long pages = (count - 1) / page + 1;
    long start = blocks.prefix() + (pages + 7) / 8 + IndexBlocks.CHECKSUM;
    ByteBuffer in = blocks.part("FADB", block, start, kind, address);
    byte[] written = new byte[in.remaining()];
    in.get(written);
    for (long p = 0; p < pages; p++) {
      if (IndexBlocks.bit(written, p)) {
        long at = block + start + p * (page * elementSize + IndexBlocks.CHECKSUM);
        long length = Math.min(page, count - p * page);
        ByteBuffer of =
            blocks.summed("page of FADB", at, length * elementSize + IndexBlocks.CHECKSUM);
        form.elements(blocks, of, p * page, length, sink);
      }
    }
  }
}
