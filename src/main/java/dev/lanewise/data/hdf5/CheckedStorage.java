// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.Superblock;
import io.jhdf.Superblock.SuperblockV0V1;
import io.jhdf.Superblock.SuperblockV2V3;
import io.jhdf.SymbolTableEntry;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Locale;

/**
 * A mapped file by HDF5's addresses: nothing outside of it, and not more often than its size
 * allows.
 *
 * <p>A tree of thirty levels whose nodes each name the next one twice takes three kilobytes and a
 * thousand million visits; block lists that share their blocks are not much better. In a file that
 * is in order every part is read a few times. So what is read is counted, and too much is a
 * refusal: by count and not by the clock, so that a file is refused on every machine or on none.
 */
final class CheckedStorage implements HdfBackingStorage {

  /** An address that says that there is nothing. */
  static final long UNDEFINED = -1;

  private static final int LONGEST_SUPERBLOCK = 1 << 10;

  // A part that is read counts for at least so many bytes.
  private static final long LEAST = 32;
  private static final long MOST_TIMES = 64;
  private static final long ALWAYS_ALLOWED = 1L << 26;

  private final MemorySegment bytes;
  private final Superblock superblock;
  private final long most;
  private long read;

  private CheckedStorage(MemorySegment bytes, Superblock superblock) {
    this.bytes = bytes;
    this.superblock = superblock;
    this.most =
        bytes.byteSize() > Long.MAX_VALUE / MOST_TIMES / 2
            ? Long.MAX_VALUE
            : MOST_TIMES * bytes.byteSize() + ALWAYS_ALLOWED;
  }

  /**
   * Opens a file.
   *
   * @param bytes all of it, mapped
   * @param header its superblock, checked
   * @throws HdfException and much else if it is damaged
   */
  static CheckedStorage open(MemorySegment bytes, FileHeader header) {
    // From the beginning of the file: jhdf takes positions in the buffer for addresses.
    long end = Math.min(bytes.byteSize(), header.base() + LONGEST_SUPERBLOCK);
    ByteBuffer head = bytes.asSlice(0, end).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    Superblock superblock =
        Superblock.readSuperblock(head.position(Math.toIntExact(header.base())));
    if (superblock.getBaseAddressByte() != header.base()) {
      throw new HdfException("the superblock names another base address");
    }
    return new CheckedStorage(bytes, superblock);
  }

  /** Where the header of the group at the top is. */
  long rootAddress() {
    if (superblock instanceof SuperblockV0V1) {
      long entry = ((SuperblockV0V1) superblock).getRootGroupSymbolTableAddress();
      return new SymbolTableEntry(this, entry - superblock.getBaseAddressByte())
          .getObjectHeaderAddress();
    }
    return ((SuperblockV2V3) superblock).getRootGroupObjectHeaderAddress();
  }

  /** Counts from 0 again: what is asked for next may take as much. */
  void restart() {
    read = 0;
  }

  /** The next address, {@link #UNDEFINED} for none. */
  long address(ByteBuffer in) {
    int width = getSizeOfOffsets();
    long address = number(in, width);
    return width < Long.BYTES && address == (1L << 8 * width) - 1 ? UNDEFINED : address;
  }

  /** The next length, below 0 where it is beyond int64. */
  long length(ByteBuffer in) {
    return number(in, getSizeOfLengths());
  }

  /** The next number without a sign, below 0 where it is beyond int64. */
  static long number(ByteBuffer in, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (in.get() & 0xffL) << 8 * i;
    }
    return value;
  }

  @Override
  public ByteBuffer readBufferFromAddress(long address, int length) {
    return map(address, length);
  }

  @Override
  public ByteBuffer map(long address, long length) {
    return mapNoOffset(address + superblock.getBaseAddressByte(), length);
  }

  @Override
  public ByteBuffer mapNoOffset(long address, long length) {
    if (address < 0 || length < 0 || length > bytes.byteSize() - address) {
      throw new HdfException(
          String.format(
              Locale.ROOT,
              "%d bytes at %d are not in the file, which has %d",
              length,
              address,
              bytes.byteSize()));
    }
    read += Math.max(LEAST, length);
    if (read > most) {
      throw new HdfException("its parts refer to each other too often");
    }
    return bytes.asSlice(address, length).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public long getUserBlockSize() {
    return superblock.getBaseAddressByte();
  }

  @Override
  public Superblock getSuperblock() {
    return superblock;
  }

  @Override
  public FileChannel getFileChannel() {
    throw new HdfException("it is not read by a channel");
  }

  @Override
  public int getSizeOfOffsets() {
    return superblock.getSizeOfOffsets();
  }

  @Override
  public int getSizeOfLengths() {
    return superblock.getSizeOfLengths();
  }

  @Override
  public void close() {
    // Whoever mapped the file closes it.
  }

  @Override
  public long size() {
    return bytes.byteSize();
  }

  @Override
  public boolean inMemory() {
    return true;
  }
}
