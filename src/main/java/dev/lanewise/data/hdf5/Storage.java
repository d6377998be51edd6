// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.matrix.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Finds the bytes of a data set in the mapped file, and refuses what is not all there.
 *
 * @param source the file, for messages
 * @param bytes the whole file
 * @param base where HDF5's addresses count from
 * @param storage the file by HDF5's addresses
 * @param arena owns the memory of what has to be put together
 */
record Storage(String source, MemorySegment bytes, long base, CheckedStorage storage, Arena arena) {

  /**
   * The bytes of all elements, in C order of the dimensions that are meant: as {@link #stored}, but
   * for arrays of MATLAB, which are transposed.
   *
   * @throws DataException if they are not all in the file, or a copy does not fit into memory
   */
  MemorySegment read(StoredDataset dataset) {
    MemorySegment stored = stored(dataset);
    if (!dataset.isTransposed()) {
      return stored;
    }
    Memory.lack("data set " + dataset.entry(), stored.byteSize())
        .ifPresent(
            problem -> {
              throw new DataException(source, problem);
            });
    return Matlab.transposed(
        stored, dataset.storedDimensions(), dataset.type().element().size(), arena);
  }

  /**
   * The bytes of all elements in C order: a part of the mapping where the file has them in one
   * piece, which is not limited to 2 GiB as jhdf's buffers are.
   *
   * @throws DataException if they are not all in the file
   */
  MemorySegment stored(StoredDataset dataset) {
    Hdf5Entry entry = dataset.storedEntry();
    if (entry.byteSize() == 0) {
      return MemorySegment.ofArray(new byte[0]);
    }
    Layout layout = dataset.layout();
    switch (layout.kind()) {
      case CONTIGUOUS:
        return contiguous(layout.address(), entry);
      case COMPACT:
        return compact(layout.compact(), entry);
      default:
        return new ChunkReader(
                source,
                entry,
                dataset.type().element().size(),
                dataset.limits(),
                layout,
                dataset.filters(),
                storage)
            .read(arena);
    }
  }

  private MemorySegment contiguous(long address, Hdf5Entry entry) {
    if (address == CheckedStorage.UNDEFINED) {
      throw new DataException(source, "data set " + entry + " was never written");
    }
    long size = entry.byteSize();
    if (address < 0
        || address > bytes.byteSize() - base
        || size > bytes.byteSize() - base - address) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "is cut short or damaged: data set %s takes %d bytes from byte %d on, the file has %d",
              entry,
              size,
              base + address,
              bytes.byteSize()));
    }
    return bytes.asSlice(base + address, size);
  }

  private MemorySegment compact(ByteBuffer elements, Hdf5Entry entry) {
    MemorySegment data = MemorySegment.ofBuffer(elements);
    if (data.byteSize() < entry.byteSize()) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "is damaged: data set %s takes %d bytes, the file has %d of them",
              entry,
              entry.byteSize(),
              data.byteSize()));
    }
    return data.asSlice(0, entry.byteSize());
  }
}
