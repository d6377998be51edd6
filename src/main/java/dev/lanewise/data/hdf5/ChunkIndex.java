// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where the chunks of a data set are, how large each is in the file, and which filters it was
 * written without.
 *
 * <p>The chunks of an array are counted by the dimensions that the data set may get, the unlimited
 * one first, and not by those that it has.
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
  private final int[] masks;

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
    this.order = order();
    this.addresses = new long[Math.toIntExact(count)];
    this.sizes = new int[addresses.length];
    this.masks = new int[addresses.length];
    Arrays.fill(addresses, CheckedStorage.UNDEFINED);
  }

  /**
   * Reads an index.
   *
   * @param blocks reads its blocks
   * @param entry what it belongs to
   * @param limits how far the data set may grow, below 0 without limit
   * @param layout where the index is
   * @param chunkBytes the size of a chunk before compression
   * @return the index; of a data set that was never written an empty one
   * @throws dev.lanewise.data.DataException if it is damaged
   */
  static ChunkIndex read(
      IndexBlocks blocks, Hdf5Entry entry, long[] limits, Layout layout, int chunkBytes) {
    int[] chunk = layout.chunk();
    ChunkIndex index = new ChunkIndex(blocks, entry, limits, chunk);
    long address = layout.address();
    if (address == CheckedStorage.UNDEFINED) {
      return index;
    }
    switch (layout.index()) {
      case SINGLE:
        long size = layout.singleSize() < 0 ? chunkBytes : layout.singleSize();
        index.put(new long[chunk.length], address, size, layout.singleMask());
        break;
      case IMPLICIT:
        index.putInOrder(address, chunkBytes);
        break;
      case FIXED_ARRAY:
        FixedArray.read(blocks, address, index.mostChunks(), chunkBytes, index::element);
        break;
      case EXTENSIBLE_ARRAY:
        index.checkOneWithoutLimit();
        ExtensibleArray.read(blocks, address, chunkBytes, index::element);
        break;
      case TREE_2:
        ChunkTree.read(blocks, address, chunk.length, chunkBytes, index::put);
        break;
      default:
        ChunkTree.readOld(blocks, address, chunk, index::put);
        break;
    }
    return index;
  }

  /** The address of a chunk, {@link CheckedStorage#UNDEFINED} if there is none. */
  long address(long[] place) {
    return addresses[at(place)];
  }

  /** The bytes of a chunk as it is in the file. */
  int size(long[] place) {
    return sizes[at(place)];
  }

  /** The filters that a chunk was written without, a bit each. */
  int mask(long[] place) {
    return masks[at(place)];
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
  private void element(long index, long address, long size, int mask) {
    long[] place = new long[most.length];
    long rest = index;
    for (int i = order.length - 1; i > 0; i--) {
      place[order[i]] = rest % most[order[i]];
      rest /= most[order[i]];
    }
    place[order[0]] = rest;
    put(place, address, size, mask);
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
      put(
          place,
          Math.addExact(first, Math.multiplyExact(number, (long) chunkBytes)),
          chunkBytes,
          0);
    }
  }

  private void put(long[] place, long address, long size, int mask) {
    for (int k = 0; k < there.length; k++) {
      // Beyond is what the data set had before it shrank.
      if (place[k] < 0 || place[k] >= there[k]) {
        return;
      }
    }
    if (address == CheckedStorage.UNDEFINED) {
      return;
    }
    int at = at(place);
    if (addresses[at] != CheckedStorage.UNDEFINED) {
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
    masks[at] = mask;
  }

  private int at(long[] place) {
    long at = 0;
    for (int k = 0; k < there.length; k++) {
      at = at * there[k] + place[k];
    }
    return (int) at;
  }
}
