package dev.lanewise.data.hdf5;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.lanewise.data.DataException;
import dev.lanewise.matrix.Memory;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Puts the chunks of a data set together.
 *
 * <p>jhdf leaves a missing chunk as zeros whatever its fill value is, and takes memory for whatever
 * dimensions a file claims. Here every chunk is looked at before memory is taken: it must be there,
 * and large enough to hold what it is said to hold.
 */
final class ChunkReader {

  private final String source;
  private final Hdf5Entry entry;
  private final int elementSize;
  private final ChunkedDataset dataset;
  private final int[] chunk;
  private final ChunkFilters filters;
  private final int chunkBytes;
  private final HdfBackingStorage storage;
  private final Optional<ChunkIndex> index;

  /**
   * Checks that the chunks can hold the data set.
   *
   * @param source the file, for messages
   * @param storage the file
   * @throws DataException if the dimensions cannot be true or a filter is not supported
   */
  ChunkReader(
      String source,
      Hdf5Entry entry,
      int elementSize,
      ChunkedDataset dataset,
      HdfBackingStorage storage) {
    long fileSize = storage.size();
    this.storage = storage;
    this.source = source;
    this.entry = entry;
    this.elementSize = elementSize;
    this.dataset = dataset;
    this.chunk = dataset.getChunkDimensions();
    if (chunk.length != entry.rank()) {
      throw damaged(String.format(Locale.ROOT, "has chunks of %d dimensions", chunk.length));
    }
    this.chunkBytes = chunkBytes();
    if (entry.byteSize() / ChunkFilters.MAX_EXPANSION > fileSize) {
      throw damaged(String.format(Locale.ROOT, "cannot come out of a file of %d bytes", fileSize));
    }
    // A chunk takes at least a byte of the file, so that more of them cannot be there.
    long chunks = 1;
    for (int k = 0; k < chunk.length; k++) {
      long along = (entry.dimensions().get(k) + chunk[k] - 1) / chunk[k];
      if (along > fileSize / chunks) {
        throw damaged("has more chunks than its file has bytes (" + fileSize + ")");
      }
      chunks *= along;
    }
    try {
      this.filters = new ChunkFilters(dataset.getFilters());
    } catch (HdfException | IllegalArgumentException e) {
      throw new DataException(
          source,
          String.format(
                  Locale.ROOT,
                  "data set %s is compressed in a way that is not supported, expected deflate, shuffle,",
                  entry)
              + " fletcher32, lzf or none",
          e);
    }
    this.index =
        ChunkIndex.read(new IndexBlocks(storage, source, entry), entry, dataset, chunk, chunkBytes);
  }

  private int chunkBytes() {
    long size = elementSize;
    for (int side : chunk) {
      if (side < 1 || size > (Integer.MAX_VALUE - 64) / side) {
        throw damaged(String.format(Locale.ROOT, "has chunks with a side of %d", side));
      }
      size *= side;
    }
    return (int) size;
  }

  /**
   * Reads all chunks.
   *
   * @param arena owns the memory of the result
   * @return the elements in C order
   * @throws DataException if a chunk is missing, cut short or damaged
   */
  MemorySegment read(Arena arena) {
    long[] origin = new long[chunk.length];
    do {
      checkPlausible(raw(origin), origin);
    } while (advance(origin));
    Memory.lack("data set " + entry, entry.byteSize())
        .ifPresent(
            problem -> {
              throw new DataException(source, problem);
            });
    MemorySegment whole = arena.allocate(entry.byteSize());
    do {
      place(decoded(origin), origin, whole);
    } while (advance(origin));
    return whole;
  }

  /** Goes to the next chunk; after the last one it is at the first again, and returns false. */
  private boolean advance(long[] origin) {
    for (int k = chunk.length - 1; k >= 0; k--) {
      origin[k] += chunk[k];
      if (origin[k] < entry.dimensions().get(k)) {
        return true;
      }
      origin[k] = 0;
    }
    return false;
  }

  private ByteBuffer raw(long[] origin) {
    return index.isPresent() ? indexed(index.get(), origin) : byLibrary(origin);
  }

  private ByteBuffer indexed(ChunkIndex chunks, long[] origin) {
    long[] place = new long[origin.length];
    for (int k = 0; k < place.length; k++) {
      place[k] = origin[k] / chunk[k];
    }
    long address = chunks.address(place);
    if (address == IndexBlocks.UNDEFINED) {
      throw missing(Arrays.toString(origin), null);
    }
    return storage.map(address, chunks.size(place));
  }

  private ByteBuffer byLibrary(long[] origin) {
    int[] at = new int[origin.length];
    for (int k = 0; k < at.length; k++) {
      at[k] = Math.toIntExact(origin[k]);
    }
    try {
      return dataset.getRawChunkBuffer(at);
    } catch (HdfException e) {
      if (String.valueOf(e.getMessage()).startsWith("No chunk")) {
        throw missing(Arrays.toString(at), e);
      }
      throw e;
    }
  }

  private DataException missing(String at, HdfException cause) {
    return new DataException(
        source,
        String.format(
            Locale.ROOT,
            "data set %s was never written in whole: the chunk at %s is missing",
            entry,
            at),
        cause);
  }

  private void checkPlausible(ByteBuffer raw, long[] origin) {
    // jhdf reads instead of mapping where a chunk goes beyond the end, and then repeats bytes.
    boolean inside = raw.isDirect();
    long most = filters.isEmpty() ? raw.remaining() : raw.remaining() * ChunkFilters.MAX_EXPANSION;
    if (!inside || most + 64 < chunkBytes || filters.isEmpty() && most != chunkBytes) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "has a chunk of %d bytes at %s that should hold %d",
              raw.remaining(),
              Arrays.toString(origin),
              chunkBytes));
    }
  }

  private byte[] decoded(long[] origin) {
    ByteBuffer raw = raw(origin);
    byte[] bytes = new byte[raw.remaining()];
    raw.get(bytes);
    return filters.decode(bytes, chunkBytes);
  }

  private void place(byte[] data, long[] origin, MemorySegment whole) {
    int last = chunk.length - 1;
    // Dimensions that one chunk covers are one run of bytes with the one before them.
    long run = elementSize;
    while (last > 0 && chunk[last] == entry.dimensions().get(last)) {
      run *= chunk[last];
      last--;
    }
    long length = run * inside(origin, last);
    int[] index = new int[last];
    boolean more = true;
    while (more) {
      long from = 0;
      long to = 0;
      for (int k = 0; k < last; k++) {
        from = (from + index[k]) * chunk[k + 1];
        to = (to + origin[k] + index[k]) * entry.dimensions().get(k + 1);
      }
      to += origin[last];
      MemorySegment.copy(data, (int) (from * run), whole, JAVA_BYTE, to * run, (int) length);
      more = false;
      for (int k = last - 1; k >= 0 && !more; k--) {
        index[k]++;
        more = index[k] < inside(origin, k);
        if (!more) {
          index[k] = 0;
        }
      }
    }
  }

  /** How much of a chunk is inside the data set: chunks at the edge are stored whole. */
  private long inside(long[] origin, int k) {
    return Math.min(chunk[k], entry.dimensions().get(k) - origin[k]);
  }

  private DataException damaged(String what) {
    return new DataException(source, "data set " + entry + " is damaged: it " + what);
  }
}
