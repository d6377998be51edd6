package dev.lanewise.data.hdf5;

import io.jhdf.AbstractNode;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the chunks of a data set are: one after the other, or by an index whose every block has the
 * checksum it should.
 *
 * <p>jhdf does not compare all of these checksums, does not read data blocks that have pages in an
 * extensible array, and counts the chunks of an array by the dimensions that the data set has,
 * where HDF5 counts them by those that it may get, the unlimited one first.
 */
final class ChunkIndex {

  private final IndexBlocks blocks;
  // In chunks: what there is, and what there may be (below 0 without limit).
  private final long[] there;
  private final long[] most;
  // The dimensions in the order in which the elements of an array count the chunks.
  private final int[] order;
  private final long[] addresses;
  private final int[] sizes;

  private ChunkIndex(IndexBlocks blocks, Hdf5Entry entry, long[] limits, int[] chunk) {
    this.blocks = blocks;
    this.there = new long[chunk.length];
    this.most = new long[chunk.length];
    List<Long> dimensions = entry.dimensions();
    long count = 1;
    for (int k = 0; k < chunk.length; k++) {
      // Data sets without limits may not grow.
      long limit = limits.length == chunk.length ? limits[k] : dimensions.get(k);
      there[k] = (dimensions.get(k) - 1) / chunk[k] + 1;
      most[k] = limit < 0 ? limit : (limit - 1) / chunk[k] + 1;
      count = Math.multiplyExact(count, there[k]);
    }
    if (count > blocks.mostAddresses()) {
      throw blocks.damaged(
          String.format(Locale.ROOT, "there is no room for the addresses of %d chunks", count));
    }
    this.order = order();
    this.addresses = new long[Math.toIntExact(count)];
    this.sizes = new int[addresses.length];
    Arrays.fill(addresses, IndexBlocks.UNDEFINED);
  }

  /**
   * Reads an index.
   *
   * @param blocks reads its blocks
   * @param dataset what it belongs to
   * @param chunkBytes the size of a chunk before compression
   * @return the index, or empty for one of the oldest kind, and for a single chunk
   * @throws dev.lanewise.data.DataException if it is damaged
   */
  static Optional<ChunkIndex> read(
      IndexBlocks blocks, Hdf5Entry entry, ChunkedDataset dataset, int[] chunk, int chunkBytes) {
    ChunkedDataLayoutMessageV4 layout = layout(dataset);
    if (layout == null || layout.getAddress() == IndexBlocks.UNDEFINED) {
      return Optional.empty();
    }
    long[] limits = dataset.getMaxSize();
    switch (layout.getIndexingType()) {
      case ChunkedDataLayoutMessageV4.FIXED_ARRAY_INDEX:
        ChunkIndex fixed = new ChunkIndex(blocks, entry, limits, chunk);
        FixedArray.read(
            blocks, layout.getAddress(), fixed.mostChunks(), chunkBytes, fixed::element);
        return Optional.of(fixed);
      case ChunkedDataLayoutMessageV4.EXTENSIBLE_ARRAY_INDEX:
        ChunkIndex extensible = new ChunkIndex(blocks, entry, limits, chunk);
        extensible.checkOneWithoutLimit();
        ExtensibleArray.read(blocks, layout.getAddress(), chunkBytes, extensible::element);
        return Optional.of(extensible);
      case ChunkedDataLayoutMessageV4.B_TREE_V2_INDEX:
        ChunkIndex tree = new ChunkIndex(blocks, entry, limits, chunk);
        ChunkTree.read(blocks, layout.getAddress(), chunk.length, chunkBytes, tree::put);
        return Optional.of(tree);
      case ChunkedDataLayoutMessageV4.IMPLICIT_INDEX:
        ChunkIndex implicit = new ChunkIndex(blocks, entry, limits, chunk);
        implicit.putInOrder(layout.getAddress(), chunkBytes);
        return Optional.of(implicit);
      default:
        return Optional.empty();
    }
  }

  private static ChunkedDataLayoutMessageV4 layout(Dataset dataset) {
    AbstractNode node = (AbstractNode) dataset;
    return node.getHeader().hasMessageOfType(ChunkedDataLayoutMessageV4.class)
        ? node.getHeader().getMessageOfType(ChunkedDataLayoutMessageV4.class)
        : null;
  }

  /** The address of a chunk, {@link IndexBlocks#UNDEFINED} if there is none. */
  long address(long[] place) {
    return addresses[at(place)];
  }

  /** The bytes of a chunk as it is in the file. */
  int size(long[] place) {
    return sizes[at(place)];
  }

  // The dimension without limit comes first: what was counted stays where it is as that one grows.
  private int[] order() {
    int[] dimensions = new int[most.length];
    int next = 0;
    for (int k = 0; k < most.length; k++) {
      if (most[k] < 0) {
        dimensions[next++] = k;
      }
    }
    for (int k = 0; k < most.length; k++) {
      if (most[k] >= 0) {
        dimensions[next++] = k;
      }
    }
    return dimensions;
  }

  private long mostChunks() {
    long count = 1;
    for (long along : most) {
      if (along < 0) {
        throw blocks.damaged("there is a fixed array, but a dimension without limit");
      }
      count = Math.multiplyExact(count, along);
    }
    return count;
  }

  private void checkOneWithoutLimit() {
    if (Arrays.stream(most).filter(along -> along < 0).count() != 1) {
      throw blocks.damaged("there is an extensible array, but not one dimension without limit");
    }
  }

  // An element of an array.
  private void element(long index, long address, long size) {
    long[] place = new long[most.length];
    long rest = index;
    for (int i = order.length - 1; i > 0; i--) {
      place[order[i]] = rest % most[order[i]];
      rest /= most[order[i]];
    }
    place[order[0]] = rest;
    put(place, address, size);
  }

  // There is no index: the chunks that may ever be lie one after the other.
  private void putInOrder(long first, int chunkBytes) {
    mostChunks();
    long[] place = new long[most.length];
    for (int at = 0; at < addresses.length; at++) {
      long number = 0;
      long rest = at;
      for (int k = most.length - 1; k >= 0; k--) {
        place[k] = rest % there[k];
        rest /= there[k];
      }
      for (int k = 0; k < most.length; k++) {
        number = number * most[k] + place[k];
      }
      put(place, Math.addExact(first, Math.multiplyExact(number, (long) chunkBytes)), chunkBytes);
    }
  }

  private void put(long[] place, long address, long size) {
    for (int k = 0; k < there.length; k++) {
      // Beyond is what the data set had before it shrank.
      if (place[k] < 0 || place[k] >= there[k]) {
        return;
      }
    }
    if (address == IndexBlocks.UNDEFINED) {
      return;
    }
    int at = at(place);
    if (addresses[at] != IndexBlocks.UNDEFINED) {
      throw blocks.damaged(
          String.format(Locale.ROOT, "the chunk at %s is there twice", Arrays.toString(place)));
    }
    if (address < 0 || size < 0 || size > Integer.MAX_VALUE) {
      throw blocks.damaged(
          String.format(
              Locale.ROOT,
              "the chunk at %s has %s bytes at %s",
              Arrays.toString(place),
              Long.toUnsignedString(size),
              Long.toUnsignedString(address)));
    }
    addresses[at] = address;
    sizes[at] = (int) size;
  }

  private int at(long[] place) {
    long at = 0;
    for (int k = 0; k < there.length; k++) {
      at = at * there[k] + place[k];
    }
    return (int) at;
  }
}
