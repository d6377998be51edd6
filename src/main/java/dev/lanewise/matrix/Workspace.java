// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.matrix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Allocates the memory of a run and counts it. A dry run counts alone: what is made with it has the
 * right shapes and no memory, so that the code that allocates is also the code that says how much a
 * run takes.
 *
 * <p>The arena owns the memory. A workspace belongs to one thread.
 */
public final class Workspace {

  /** Null in a dry run. */
  private final Arena arena;

  private long bytes;

  private Workspace(Arena arena) {
    this.arena = arena;
  }

  /**
   * Returns a workspace that allocates.
   *
   * @param arena owns the memory; a shared arena if several threads are to work on it
   * @return the workspace
   */
  public static Workspace of(Arena arena) {
    return new Workspace(arena);
  }

  /**
   * Returns a workspace that counts and allocates nothing.
   *
   * @return the workspace
   */
  public static Workspace dryRun() {
    return new Workspace(null);
  }

  /**
   * Tells whether this is a dry run, in which nothing may be computed.
   *
   * @return true if nothing is allocated
   */
  public boolean isDryRun() {
    return arena == null;
  }

  /**
   * Returns how much was asked for so far.
   *
   * @return the size in bytes; {@link Long#MAX_VALUE} stands for more than can be counted
   */
  public long byteSize() {
    return bytes;
  }

  /**
   * Allocates a matrix of zeros.
   *
   * @param rows number of features, at least 1
   * @param columns number of samples, at least 1
   * @return a matrix of {@code rows} x {@code columns} zeros
   * @throws IllegalArgumentException if a dimension is below 1 or there are too many rows
   */
  public FloatMatrix floats(int rows, int columns) {
    count(FloatMatrix.byteSize(rows, columns));
    return arena == null
        ? FloatMatrix.withoutMemory(rows, columns)
        : FloatMatrix.allocate(arena, rows, columns);
  }

  /**
   * Allocates a matrix of bytes.
   *
   * @param rows number of features, at least 1
   * @param columns number of samples, at least 1
   * @param scale what turns a byte into a feature
   * @return a matrix of {@code rows} x {@code columns} zeros
   */
  public ByteMatrix bytes(int rows, int columns, float scale) {
    count(ByteMatrix.byteSize(rows, columns));
    return arena == null
        ? ByteMatrix.withoutMemory(rows, columns, scale)
        : ByteMatrix.allocate(arena, rows, columns, scale);
  }

  /**
   * Allocates zeros.
   *
   * @param size in bytes, a multiple of {@link FloatMatrix#ALIGNMENT}
   * @return memory on such a boundary; of a dry run none
   */
  public MemorySegment memory(long size) {
    count(size);
    return arena == null ? MemorySegment.NULL : arena.allocate(size, FloatMatrix.ALIGNMENT);
  }

  /**
   * Allocates numbers of double precision on the heap.
   *
   * @param columns how many arrays
   * @param rows the length of each
   * @return zeros; of a dry run arrays of no length
   */
  public double[][] doubles(int columns, int rows) {
    count((long) Double.BYTES * columns * rows);
    return new double[columns][arena == null ? 0 : rows];
  }

  /**
   * Counts what will be allocated on the heap later.
   *
   * @param size in bytes
   */
  public void count(long size) {
    bytes = bytes > Long.MAX_VALUE - size ? Long.MAX_VALUE : bytes + size;
  }
}
