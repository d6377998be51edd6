// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.simd.Lanes.BYTES;
import static dev.lanewise.kernel.simd.Lanes.ORDER;
import static dev.lanewise.kernel.simd.Lanes.SPECIES;
import static dev.lanewise.kernel.simd.Lanes.VECTOR_BYTES;
import static dev.lanewise.kernel.simd.Lanes.WIDTH;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/**
 * X D X'.
 *
 * <p>A vector of rows of one column of H is a running sum, to which each sample adds the vector of
 * its features, scaled, times one feature. Three vectors meet three columns: nine running sums,
 * which with their six operands are what 16 registers hold. The operands are copied into panels
 * first: a strip holds one vector of features of all samples of the panel, one after the other. Of
 * the scaled ones, three strips stay in the first-level cache while all columns go past.
 */
final class SimdOuter {

  /** Rows, and columns, of H that stay in a cache together. */
  private static final int TILE = 192;

  /** Samples that are copied into the panels at once. */
  private static final int SAMPLES = 128;

  /** So many vectors of rows meet as many columns. */
  private static final int SIDE = 3;

  private static final int SIDE_ROWS = SIDE * WIDTH;

  /** Where the features that are not scaled begin. */
  private static final long UNSCALED = (long) TILE * SAMPLES * BYTES;

  private SimdOuter() {}

  /** The panels of two tiles, and room for a vector: a load may begin with the last feature. */
  static FloatMatrix scratch(Workspace workspace) {
    return workspace.floats(FloatMatrix.LANES, 2 * TILE * SAMPLES / FloatMatrix.LANES + 1);
  }

  static void outer(
      FloatMatrix x,
      int from,
      int to,
      FloatMatrix d,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      FloatMatrix h,
      MemorySegment panels) {
    for (int j = from, end; j < to; j = end) {
      end = Math.min(to - j, SAMPLES) + j;
      for (int row = fromRow, lastRow; row < toRow; row = lastRow) {
        lastRow = Math.min(toRow - row, TILE) + row;
        int columns = Math.min(toColumn, lastRow);
        if (fromColumn < columns) {
          packScaled(x, j, end, d, row, lastRow, panels);
        }
        for (int k = fromColumn, lastColumn; k < columns; k = lastColumn) {
          lastColumn = Math.min(columns - k, TILE) + k;
          pack(x, j, end, k, lastColumn, panels);
          tile(end - j, row, lastRow, k, lastColumn, h, panels);
        }
      }
    }
  }

  private static void packScaled(
      FloatMatrix x, int from, int to, FloatMatrix d, int fromRow, int toRow, MemorySegment panel) {
    MemorySegment xs = x.segment();
    MemorySegment ds = d.segment();
    long o = 0;
    for (int row = fromRow; row < toRow; row += WIDTH) {
      for (int j = from; j < to; j++) {
        FloatVector dj = FloatVector.broadcast(SPECIES, get(ds, (long) j * BYTES));
        FloatVector features =
            fromMemorySegment(SPECIES, xs, x.columnOffset(j) + (long) row * BYTES, ORDER);
        features.mul(dj).intoMemorySegment(panel, o, ORDER);
        o += VECTOR_BYTES;
      }
    }
  }

  private static void pack(
      FloatMatrix x, int from, int to, int fromRow, int toRow, MemorySegment panel) {
    MemorySegment xs = x.segment();
    long o = UNSCALED;
    for (int row = fromRow; row < toRow; row += WIDTH) {
      for (int j = from; j < to; j++) {
        fromMemorySegment(SPECIES, xs, x.columnOffset(j) + (long) row * BYTES, ORDER)
            .intoMemorySegment(panel, o, ORDER);
        o += VECTOR_BYTES;
      }
    }
  }

  private static void tile(
      int samples,
      int fromRow,
      int toRow,
      int fromColumn,
      int toColumn,
      FloatMatrix h,
      MemorySegment panels) {
    for (int row = fromRow, lastRow; row < toRow; row = lastRow) {
      lastRow = Math.min(toRow - row, SIDE_ROWS) + row;
      // As many as have a row here.
      int columns = Math.min(toColumn, line(lastRow - 1) + FloatMatrix.LANES);
      for (int k = fromColumn, lastColumn; k < columns; k = lastColumn) {
        lastColumn = Math.min(columns - k, SIDE) + k;
        // Near the diagonal columns meet only where they begin in the same row.
        int begin = line(lastColumn - 1);
        if (begin > row && begin > k) {
          lastColumn = begin;
        }
        int first = Math.max(row, line(k));
        square(
            panels,
            samples,
            first - fromRow,
            lastRow - fromRow,
            k - fromColumn,
            lastColumn - k,
            h,
            k,
            first);
      }
    }
  }

  /** The last multiple of 16 up to a column: the first of its rows that is wanted. */
  private static int line(int column) {
    return column & -FloatMatrix.LANES;
  }

  /**
   * Up to three vectors of rows and up to three columns. Missing ones repeat the last, and write
   * the same again.
   */
  private static void square(
      MemorySegment panels,
      int samples,
      int strip,
      int endStrip,
      int column,
      int columns,
      FloatMatrix h,
      int k,
      int row) {
    int bytes = samples * VECTOR_BYTES;
    int lastVector = (endStrip - strip) / WIDTH - 1;
    int vector1 = Math.min(1, lastVector);
    int vector2 = Math.min(2, lastVector);
    int column1 = Math.min(1, columns - 1);
    int column2 = Math.min(2, columns - 1);
    // Slices, and not offsets: the loop took twice as long with these.
    MemorySegment a0 = scaled(panels, strip, bytes);
    MemorySegment a1 = scaled(panels, strip + vector1 * WIDTH, bytes);
    MemorySegment a2 = scaled(panels, strip + vector2 * WIDTH, bytes);
    MemorySegment b0 = feature(panels, column, bytes);
    MemorySegment b1 = feature(panels, column + column1, bytes);
    MemorySegment b2 = feature(panels, column + column2, bytes);
    MemorySegment hs = h.segment();
    long h0 = h.columnOffset(k) + (long) row * BYTES;
    long h1 = h.columnOffset(k + column1) + (long) row * BYTES;
    long h2 = h.columnOffset(k + column2) + (long) row * BYTES;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s02 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s12 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s22 = FloatVector.zero(SPECIES);
    // Loops, as in SimdKernels.forward: nine loads and stores are more than the compiler inlines.
    for (int vector = 0; vector < SIDE; vector++) {
      int o = Math.min(vector, lastVector) * VECTOR_BYTES;
      s00 = s10;
      s10 = s20;
      s20 = fromMemorySegment(SPECIES, hs, h0 + o, ORDER);
      s01 = s11;
      s11 = s21;
      s21 = fromMemorySegment(SPECIES, hs, h1 + o, ORDER);
      s02 = s12;
      s12 = s22;
      s22 = fromMemorySegment(SPECIES, hs, h2 + o, ORDER);
    }
    // A stride that the compiler does not know to be constant. If it did, it would unroll the loop
    // and load the operands of all rounds first, for which there are no registers: half the speed.
    int stride = bytes / samples;
    for (int i = 0; i < bytes; i += stride) {
      FloatVector v0 = fromMemorySegment(SPECIES, a0, i, ORDER);
      FloatVector v1 = fromMemorySegment(SPECIES, a1, i, ORDER);
      FloatVector v2 = fromMemorySegment(SPECIES, a2, i, ORDER);
      FloatVector u0 = FloatVector.broadcast(SPECIES, get(b0, i));
      s00 = v0.fma(u0, s00);
      s10 = v1.fma(u0, s10);
      s20 = v2.fma(u0, s20);
      FloatVector u1 = FloatVector.broadcast(SPECIES, get(b1, i));
      s01 = v0.fma(u1, s01);
      s11 = v1.fma(u1, s11);
      s21 = v2.fma(u1, s21);
      FloatVector u2 = FloatVector.broadcast(SPECIES, get(b2, i));
      s02 = v0.fma(u2, s02);
      s12 = v1.fma(u2, s12);
      s22 = v2.fma(u2, s22);
    }
    for (int vector = 0; vector < SIDE; vector++) {
      int o = Math.min(vector, lastVector) * VECTOR_BYTES;
      s00.intoMemorySegment(hs, h0 + o, ORDER);
      s01.intoMemorySegment(hs, h1 + o, ORDER);
      s02.intoMemorySegment(hs, h2 + o, ORDER);
      s00 = s10;
      s10 = s20;
      s01 = s11;
      s11 = s21;
      s02 = s12;
      s12 = s22;
    }
  }

  /** A strip of the panel of scaled features, by the first of its rows in the tile. */
  private static MemorySegment scaled(MemorySegment panels, int row, int bytes) {
    return panels.asSlice((long) (row / WIDTH) * bytes, bytes, 1);
  }

  /** One feature in a strip of the other panel, up to a strip's length further on. */
  private static MemorySegment feature(MemorySegment panels, int column, int bytes) {
    long strip = UNSCALED + (long) (column / WIDTH) * bytes;
    return panels.asSlice(strip + column % WIDTH * BYTES, bytes, 1);
  }

  // Unaligned, so that no alignment is checked.
  private static float get(MemorySegment segment, long offset) {
    return segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, offset);
  }
}
