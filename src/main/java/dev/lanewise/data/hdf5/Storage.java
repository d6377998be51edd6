package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.CompactDataset;
import io.jhdf.storage.HdfBackingStorage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * Finds the bytes of a data set in the mapped file, and refuses what is not all there.
 *
 * @param source the file, for messages
 * @param bytes the whole file
 * @param base where HDF5's addresses count from
 * @param library the file as jhdf sees it
 * @param arena owns the memory of what has to be put together
 */
record Storage(
    String source, MemorySegment bytes, long base, HdfBackingStorage library, Arena arena) {

  private static final long UNDEFINED = -1;

  /**
   * The bytes of all elements in C order: a part of the mapping where the file has them in one
   * piece, which is not limited to 2 GiB as jhdf's buffers are.
   *
   * @throws DataException if they are not all in the file
   */
  MemorySegment read(Dataset dataset, Hdf5Entry entry, int elementSize) {
    if (entry.byteSize() == 0) {
      return MemorySegment.ofArray(new byte[0]);
    } else if (dataset instanceof ContiguousDataset) {
      return contiguous(((ContiguousDataset) dataset).getDataAddress(), entry);
    } else if (dataset instanceof ChunkedDataset) {
      ChunkedDataset chunked = (ChunkedDataset) dataset;
      return new ChunkReader(source, entry, elementSize, chunked, library).read(arena);
    } else if (dataset instanceof CompactDataset) {
      return compact(((CompactDataset) dataset), entry);
    }
    throw new DataException(
        source, "data set " + entry + " is stored in a way that is not supported");
  }

  private MemorySegment contiguous(long address, Hdf5Entry entry) {
    if (address == UNDEFINED) {
      throw new DataException(
          source, "data set " + entry + " was never written, or is kept in another file");
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

  private MemorySegment compact(CompactDataset dataset, Hdf5Entry entry) {
    MemorySegment data = MemorySegment.ofBuffer(dataset.getDataBuffer());
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
