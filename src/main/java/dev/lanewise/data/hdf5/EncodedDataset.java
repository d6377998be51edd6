// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import io.jhdf.ObjectHeader;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.WritableGroupImpl;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.DataSpace;
import io.jhdf.object.message.DataSpaceMessage;
import io.jhdf.object.message.DataTypeMessage;
import io.jhdf.object.message.FillValueMessage;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfFileChannel;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A contiguous data set whose elements are one run of bytes.
 *
 * <p>jhdf wants nested arrays, one a dimension, and writes each innermost array by a call of the
 * operating system: three bytes at a time for pictures, without looking at how many were written.
 */
final class EncodedDataset extends WritableDatasetImpl {

  private static final int BLOCK = 1 << 20;

  private final String name;
  private final DataType type;
  private final List<Long> dimensions;
  private final MemorySegment bytes;
  private long address;

  /**
   * A data set to be written.
   *
   * @param group the group that it will be put into
   * @param specimen an array of one element, which tells jhdf the type
   * @param unsigned whether the type has no sign
   * @param dimensions at least one, each at least 1
   * @param bytes all elements in C order, as they are in memory; not copied
   */
  EncodedDataset(
      WritableGroupImpl group,
      String name,
      Object specimen,
      boolean unsigned,
      List<Long> dimensions,
      MemorySegment bytes) {
    super(specimen, name, group, options(unsigned));
    this.name = name;
    this.type = DataType.fromObject(specimen, unsigned);
    this.dimensions = List.copyOf(dimensions);
    this.bytes = bytes;
  }

  private static DatasetCreationOptions options(boolean unsigned) {
    return unsigned
        ? DatasetCreationOptions.builder().unsigned().build()
        : DatasetCreationOptions.DEFAULT;
  }

  /** What a reader will find. */
  Hdf5Entry entry() {
    return new Hdf5Entry(name, dimensions, ElementType.of(type).name(), bytes.byteSize());
  }

  MemorySegment bytes() {
    return bytes;
  }

  /** Where the elements were written last, in bytes from the beginning of the file. */
  long address() {
    return address;
  }

  @Override
  public long write(HdfFileChannel channel, long position) {
    // The header is as long with any address in it: make it once for its length.
    long data = position + header(position, 0).limit();
    address = data;
    writeAll(channel, header(position, data), position);
    ByteBuffer block = ByteBuffer.allocateDirect((int) Math.min(BLOCK, bytes.byteSize()));
    for (long done = 0; done < bytes.byteSize(); done += block.limit()) {
      block.clear().limit((int) Math.min(block.capacity(), bytes.byteSize() - done));
      MemorySegment.ofBuffer(block).copyFrom(bytes.asSlice(done, block.limit()));
      writeAll(channel, block, data + done);
    }
    return data + bytes.byteSize();
  }

  private ByteBuffer header(long position, long data) {
    List<Message> messages =
        List.of(
            DataTypeMessage.create(type),
            DataSpaceMessage.create(space()),
            FillValueMessage.NO_FILL,
            ContiguousDataLayoutMessage.create(data, bytes.byteSize()));
    return new ObjectHeader.ObjectHeaderV2(position, messages).toBuffer();
  }

  private DataSpace space() {
    int[] ones = new int[dimensions.size()];
    Arrays.fill(ones, 1);
    DataSpace ofRank = DataSpace.fromObject(Array.newInstance(byte.class, ones));
    return DataSpace.modifyDimensions(
        ofRank, dimensions.stream().mapToLong(Long::longValue).toArray());
  }

  private static void writeAll(HdfFileChannel channel, ByteBuffer buffer, long position) {
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }
}
