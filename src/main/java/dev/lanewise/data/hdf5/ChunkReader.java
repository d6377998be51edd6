// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.lanewise.data.DataException;
import dev.lanewise.matrix.Memory;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Puts the chunks of a data set together.
 *
 * <p>Every chunk is looked at before memory is taken: it must be there, and large enough to hold
 * what it is said to hold.
 */
final class ChunkReader {

  private final String source;
  private final Hdf5Entry entry;
  private final int elementSize;
  private final Layout layout;
  private final int[] chunk;
  private final ChunkFilters filters;
  private final int chunkBytes;
  private final CheckedStorage storage;
  private final ChunkIndex index;

  /** A chunk as it is in the file. */
  private record Raw(ByteBuffer bytes, int mask) {}

  /**
   * Checks that the chunks can hold the data set, and finds them.
   *
   * @param source the file, for messages
   * @param entry the data set
   * @param elementSize the bytes of an element
   * @param limits how far it may grow, below 0 without limit
   * @param layout where its chunks are
   * @param filters what is done to each
   * @param storage the file
   * @throws DataException if the dimensions cannot be true or the index is damaged
   */
  ChunkReader(
      String source,
      Hdf5Entry entry,
      int elementSize,
      long[] limits,
      Layout layout,
      List<FilterInfo> filters,
      CheckedStorage storage) {
    long fileSize = storage.size();
    this.storage = storage;
    this.source = source;
    this.entry = entry;
    this.elementSize = elementSize;
    this.layout = layout;
    this.chunk = layout.chunk();
    this.filters = new ChunkFilters(filters);
    if (chunk.length != entry.rank()) {
      throw damaged(String.format(Locale.ROOT, "has chunks of %d dimensions", chunk.length));
    }
    this.chunkBytes = chunkBytes();
    if (entry.byteSize() / this.filters.mostExpansion(0) > fileSize) {
      throw damaged(String.format(Locale.ROOT, "cannot come out of a file of %d bytes", fileSize));
    }
    // A chunk takes at least a byte of the file, and its address where there is an index.
    long least = layout.index() == Layout.Index.IMPLICIT ? 1 : storage.getSizeOfOffsets();
    long chunks = 1;
    for (int k = 0; k < chunk.length; k++) {
      long along = (entry.dimensions().get(k) - 1) / chunk[k] + 1;
      if (along > fileSize / least / chunks) {
        throw damaged("has more chunks than its file of " + fileSize + " bytes has room for");
      }
      chunks *= along;
    }
    IndexBlocks blocks =
        new IndexBlocks(
            storage,
            source,
            String.format(Locale.ROOT, "data set %s is damaged: in its index of chunks", entry));
    this.index = ChunkIndex.read(blocks, entry, limits, layout, chunkBytes);
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

  private Raw raw(long[] origin) {
    long[] place = new long[origin.length];
    boolean edge = false;
    for (int k = 0; k < place.length; k++) {
      place[k] = origin[k] / chunk[k];
      edge |= chunk[k] > entry.dimensions().get(k) - origin[k];
    }
    long address = index.address(place);
    if (address == CheckedStorage.UNDEFINED) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "data set %s was never written in whole: the chunk at %s is missing",
              entry,
              Arrays.toString(origin)));
    }
    int mask = edge && layout.edgesRaw() ? ChunkFilters.ALL_LEFT_OUT : index.mask(place);
    return new Raw(storage.map(address, index.size(place)), mask);
  }

  private void checkPlausible(Raw raw, long[] origin) {
    String unsupported = filters.unsupported(raw.mask);
    if (unsupported != null) {
      throw new DataException(
          source,
          String.format(
                  Locale.ROOT,
                  "data set %s is compressed in a way that is not supported, %s, expected deflate,",
                  entry,
                  unsupported)
              + " shuffle, fletcher32, lzf or none");
    }
    int length = raw.bytes.remaining();
    long most = length * filters.mostExpansion(raw.mask);
    if (most < chunkBytes || filters.areLeftOut(raw.mask) && length != chunkBytes) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "has a chunk of %d bytes at %s that should hold %d",
              length,
              Arrays.toString(origin),
              chunkBytes));
    }
  }

  private byte[] decoded(long[] origin) {
    Raw raw = raw(origin);
    byte[] bytes = new byte[raw.bytes.remaining()];
    raw.bytes.get(bytes);
    return filters.decode(bytes, raw.mask, chunkBytes);
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
