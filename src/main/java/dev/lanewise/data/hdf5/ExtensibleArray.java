// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The index of chunks of a data set with one dimension without limit.
 *
 * <p>The first elements are in the index block, the others in data blocks, which belong to
 * secondary blocks of growing size: number u has 2^(u/2) data blocks of 2^((u+1)/2) times as many
 * elements as the smallest. The index block itself names the data blocks of the first few secondary
 * blocks, which are not there, and the others. Large data blocks have pages, and their secondary
 * block says which of these were written.
 */
final class ExtensibleArray {

  private final IndexBlocks blocks;
  private final long header;
  private final int kind;
  private final int elementSize;
  private final int offsetSize;
  private final int direct;
  private final long smallest;
  private final int pointers;
  private final long page;
  private final int levels;
  private final long indexBlock;
  private final ChunkRecord form;
  private final ChunkRecord.Sink sink;

  private ExtensibleArray(IndexBlocks blocks, long address, int chunkBytes, ChunkRecord.Sink sink) {
    this.blocks = blocks;
    this.header = address;
    this.sink = sink;
    int size = 12 + 6 * blocks.lengthSize() + blocks.addressSize() + IndexBlocks.CHECKSUM;
    ByteBuffer in = blocks.start("EAHD", address, size);
    this.kind = in.get();
    this.elementSize = Byte.toUnsignedInt(in.get());
    int countBits = Byte.toUnsignedInt(in.get());
    this.direct = Byte.toUnsignedInt(in.get());
    this.smallest = Byte.toUnsignedInt(in.get());
    this.pointers = Byte.toUnsignedInt(in.get());
    int pageBits = Byte.toUnsignedInt(in.get());
    boolean powers = Long.bitCount(smallest) == 1 && Integer.bitCount(pointers) == 1;
    if (!powers || pageBits > 31 || countBits > 64) {
      throw blocks.damaged(
          String.format(
              Locale.ROOT,
              "there are data blocks of %d elements, %d pointers, pages of 2^%d, 2^%d elements",
              smallest,
              pointers,
              pageBits,
              countBits));
    }
    this.page = 1L << pageBits;
    this.offsetSize = (countBits + 7) / 8;
    this.levels = 1 + countBits - Long.numberOfTrailingZeros(smallest);
    this.form = ChunkRecord.ofKind(blocks, kind, elementSize, chunkBytes);
    // Six counts, of which none is needed.
    in.position(in.position() + 6 * blocks.lengthSize());
    this.indexBlock = blocks.address(in);
  }

  /**
   * Reads all elements that were ever written.
   *
   * @param address of the header
   * @param chunkBytes the size of a chunk before compression
   * @throws dev.lanewise.data.DataException if a block is damaged
   */
  static void read(IndexBlocks blocks, long address, int chunkBytes, ChunkRecord.Sink sink) {
    ExtensibleArray array = new ExtensibleArray(blocks, address, chunkBytes, sink);
    if (array.indexBlock != CheckedStorage.UNDEFINED) {
      array.readIndexBlock();
    }
  }

  private void readIndexBlock() {
    int named = 2 * Integer.numberOfTrailingZeros(pointers);
    int secondary = Math.max(0, levels - named);
    long length =
        blocks.prefix()
            + (long) direct * elementSize
            + (2L * (pointers - 1) + secondary) * blocks.addressSize()
            + IndexBlocks.CHECKSUM;
    ByteBuffer in = blocks.part("EAIB", indexBlock, length, kind, header);
    form.elements(blocks, in, 0, direct, sink);
    long first = direct;
    for (int level = 0; level < named; level++) {
      for (long i = 0; i < dataBlocks(level); i++) {
        readDataBlock(blocks.address(in), first, elements(level), new byte[0], 0);
        first += elements(level);
      }
    }
    for (int level = named; level < levels; level++) {
      long address = blocks.address(in);
      if (address != CheckedStorage.UNDEFINED) {
        readSecondaryBlock(address, level, first);
      }
      // Beyond int64 nothing follows that is there.
      first += dataBlocks(level) * elements(level);
    }
  }

  private static long dataBlocks(int level) {
    return 1L << level / 2;
  }

  private long elements(int level) {
    return smallest << (level + 1) / 2;
  }

  private void readSecondaryBlock(long address, int level, long first) {
    long count = dataBlocks(level);
    long pages = elements(level) > page ? elements(level) / page : 0;
    long length =
        Math.addExact(
            blocks.prefix() + offsetSize + count * blocks.addressSize() + IndexBlocks.CHECKSUM,
            Math.multiplyExact(count, (pages + 7) / 8));
    ByteBuffer in = blocks.part("EASB", address, length, kind, header);
    in.position(in.position() + offsetSize);
    byte[] written = new byte[Math.toIntExact(count * ((pages + 7) / 8))];
    in.get(written);
    for (long i = 0; i < count; i++) {
      long block = blocks.address(in);
      readDataBlock(block, first + i * elements(level), elements(level), written, i * pages);
    }
  }

  private void readDataBlock(long address, long first, long count, byte[] written, long bit) {
    if (address == CheckedStorage.UNDEFINED) {
      return;
    }
    long start = blocks.prefix() + offsetSize;
    if (count <= page) {
      long length = start + count * elementSize + IndexBlocks.CHECKSUM;
      ByteBuffer in = blocks.part("EADB", address, length, kind, header);
      in.position(in.position() + offsetSize);
      form.elements(blocks, in, first, count, sink);
      return;
    }
    start += IndexBlocks.CHECKSUM;
    blocks.part("EADB", address, start, kind, header);
    long pageSize = page * elementSize + IndexBlocks.CHECKSUM;
    for (long p = 0; p < count / page; p++) {
      // A block that only the index block names has no place for the bits of its pages.
      if (bit + p >= 8L * written.length) {
        throw blocks.damaged(
            String.format(Locale.ROOT, "block EADB at %d cannot have pages", address));
      }
      if (IndexBlocks.bit(written, bit + p)) {
        long at = address + start + p * pageSize;
        ByteBuffer in = blocks.summed("page of EADB", at, pageSize);
        form.elements(blocks, in, first + p * page, page, sink);
      }
    }
  }
}
