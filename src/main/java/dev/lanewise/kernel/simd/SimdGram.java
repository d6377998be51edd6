// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.simd.Lanes.BYTES;
import static dev.lanewise.kernel.simd.Lanes.LINE;
import static dev.lanewise.kernel.simd.Lanes.ORDER;
import static dev.lanewise.kernel.simd.Lanes.PARTS;
import static dev.lanewise.kernel.simd.Lanes.SPECIES;
import static dev.lanewise.kernel.simd.Lanes.VECTOR_BYTES;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.lanewise.kernel.BlockKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/**
 * X'X on vectors of 4, 8 or 16 floats.
 *
 * <p>The features are cut into sections whose columns stay in the first-level cache. Within a
 * section, three columns meet three: nine running sums, which with their six operands are what 16
 * registers hold. (Twelve sums spill: the compiler loads all operands first.) With 32 registers
 * four meet four, and fewer columns come from the second-level cache for each sum. Where the 16
 * lanes take several vectors, each of these parts of the lanes has a loop of its own. A section's
 * sums are added to the lanes of the entries, which lie in the scratch; at the end these are
 * folded.
 */
final class SimdGram {

  private static final int SECTION_BYTES = BlockKernels.GRAM_SECTION * BYTES;

  /** So many columns meet as many. */
  private static final int SIDE = Lanes.REGISTERS == 32 ? 4 : 3;

  private static final int LAST = SIDE - 1;

  private static final int SQUARE_BYTES = SIDE * SIDE * LINE;

  /** So many squares are a side of a rectangle. */
  private static final int SQUARES = BlockKernels.GRAM_SIDE / SIDE;

  private SimdGram() {}

  /** Squares of columns, one for each entry, for its lanes. */
  static FloatMatrix scratch(Workspace workspace) {
    return workspace.floats(FloatMatrix.LANES, SQUARES * SQUARES * SIDE * SIDE);
  }

  static void gram(
      FloatMatrix rows,
      int rowFrom,
      int rowTo,
      FloatMatrix columns,
      int columnFrom,
      int columnTo,
      int fromRow,
      int toRow,
      MemorySegment lanes) {
    int end = toRow * BYTES;
    int length;
    for (int from = fromRow * BYTES; from < end; from += length) {
      length = Math.min(end - from, SECTION_BYTES);
      for (int k = columnFrom; k < columnTo; k += SIDE) {
        for (int j = rowFrom; j < rowTo; j += SIDE) {
          // Squares wholly above the diagonal are not wanted.
          if (Math.min(j + SIDE, rowTo) > k) {
            long square = square(j - rowFrom, k - columnFrom);
            for (int part = 0; part < LINE; part += VECTOR_BYTES) {
              section(
                  rows,
                  j,
                  rowTo - 1,
                  columns,
                  k,
                  columnTo - 1,
                  from + part,
                  length,
                  lanes,
                  square + part);
            }
          }
        }
      }
    }
  }

  static void fold(
      int rowFrom, int rowTo, int columnFrom, int columnTo, MemorySegment lanes, FloatMatrix g) {
    for (int k = columnFrom; k < columnTo; k++) {
      for (int j = Math.max(rowFrom, k); j < rowTo; j++) {
        float entry = fold(lanes, entry(j - rowFrom, k - columnFrom));
        set(g, j, k, entry);
        set(g, k, j, entry);
      }
    }
  }

  /** Where the lanes of a square begin, given its first row and column in the rectangle. */
  private static long square(int row, int column) {
    return (long) (column / SIDE * SQUARES + row / SIDE) * SQUARE_BYTES;
  }

  private static long entry(int row, int column) {
    return square(row, column) + (row % SIDE * SIDE + column % SIDE) * LINE;
  }

  /** One part of the lanes, one section, one square. */
  private static void section(
      FloatMatrix rows,
      int j,
      int lastJ,
      FloatMatrix columns,
      int k,
      int lastK,
      int from,
      int length,
      MemorySegment lanes,
      long square) {
    // Slices as long as the last vector of the part reaches. A square over the edge repeats the
    // last column, and what comes of it is dropped.
    long reach = length - LINE + VECTOR_BYTES;
    MemorySegment a0 =
        rows.segment().asSlice(rows.columnOffset(Math.min(j + 0, lastJ)) + from, reach, 1);
    MemorySegment a1 =
        rows.segment().asSlice(rows.columnOffset(Math.min(j + 1, lastJ)) + from, reach, 1);
    MemorySegment a2 =
        rows.segment().asSlice(rows.columnOffset(Math.min(j + 2, lastJ)) + from, reach, 1);
    MemorySegment a3 =
        rows.segment().asSlice(rows.columnOffset(Math.min(j + LAST, lastJ)) + from, reach, 1);
    MemorySegment b0 =
        columns.segment().asSlice(columns.columnOffset(Math.min(k + 0, lastK)) + from, reach, 1);
    MemorySegment b1 =
        columns.segment().asSlice(columns.columnOffset(Math.min(k + 1, lastK)) + from, reach, 1);
    MemorySegment b2 =
        columns.segment().asSlice(columns.columnOffset(Math.min(k + 2, lastK)) + from, reach, 1);
    MemorySegment b3 =
        columns.segment().asSlice(columns.columnOffset(Math.min(k + LAST, lastK)) + from, reach, 1);
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s02 = FloatVector.zero(SPECIES);
    FloatVector s03 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s12 = FloatVector.zero(SPECIES);
    FloatVector s13 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s22 = FloatVector.zero(SPECIES);
    FloatVector s23 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    FloatVector s32 = FloatVector.zero(SPECIES);
    FloatVector s33 = FloatVector.zero(SPECIES);
    for (int i = 0; i < length; i += LINE) {
      FloatVector v0 = fromMemorySegment(SPECIES, a0, Rolled.offset(i), ORDER);
      FloatVector v1 = fromMemorySegment(SPECIES, a1, i, ORDER);
      FloatVector v2 = fromMemorySegment(SPECIES, a2, i, ORDER);
      FloatVector u0 = fromMemorySegment(SPECIES, b0, i, ORDER);
      s00 = v0.fma(u0, s00);
      s10 = v1.fma(u0, s10);
      s20 = v2.fma(u0, s20);
      FloatVector u1 = fromMemorySegment(SPECIES, b1, i, ORDER);
      s01 = v0.fma(u1, s01);
      s11 = v1.fma(u1, s11);
      s21 = v2.fma(u1, s21);
      FloatVector u2 = fromMemorySegment(SPECIES, b2, i, ORDER);
      s02 = v0.fma(u2, s02);
      s12 = v1.fma(u2, s12);
      s22 = v2.fma(u2, s22);
      if (SIDE == 4) {
        FloatVector v3 = fromMemorySegment(SPECIES, a3, i, ORDER);
        s30 = v3.fma(u0, s30);
        s31 = v3.fma(u1, s31);
        s32 = v3.fma(u2, s32);
        FloatVector u3 = fromMemorySegment(SPECIES, b3, i, ORDER);
        s03 = v0.fma(u3, s03);
        s13 = v1.fma(u3, s13);
        s23 = v2.fma(u3, s23);
        s33 = v3.fma(u3, s33);
      }
    }
    // A loop over the rows of the square: more loads and stores than the compiler inlines.
    for (long row = square; row < square + SQUARE_BYTES; row += SIDE * LINE) {
      fromMemorySegment(SPECIES, lanes, row, ORDER).add(s00).intoMemorySegment(lanes, row, ORDER);
      fromMemorySegment(SPECIES, lanes, row + LINE, ORDER)
          .add(s01)
          .intoMemorySegment(lanes, row + LINE, ORDER);
      fromMemorySegment(SPECIES, lanes, row + 2 * LINE, ORDER)
          .add(s02)
          .intoMemorySegment(lanes, row + 2 * LINE, ORDER);
      if (SIDE == 4) {
        fromMemorySegment(SPECIES, lanes, row + 3 * LINE, ORDER)
            .add(s03)
            .intoMemorySegment(lanes, row + 3 * LINE, ORDER);
      }
      s00 = s10;
      s01 = s11;
      s02 = s12;
      s03 = s13;
      s10 = s20;
      s11 = s21;
      s12 = s22;
      s13 = s23;
      s20 = s30;
      s21 = s31;
      s22 = s32;
      s23 = s33;
    }
  }

  private static float fold(MemorySegment lanes, long entry) {
    FloatVector s = fromMemorySegment(SPECIES, lanes, entry, ORDER);
    if (PARTS == 2) {
      s = s.add(fromMemorySegment(SPECIES, lanes, entry + VECTOR_BYTES, ORDER));
    } else if (PARTS == 4) {
      FloatVector t = fromMemorySegment(SPECIES, lanes, entry + VECTOR_BYTES, ORDER);
      s = s.add(fromMemorySegment(SPECIES, lanes, entry + 2 * VECTOR_BYTES, ORDER));
      s = s.add(t.add(fromMemorySegment(SPECIES, lanes, entry + 3 * VECTOR_BYTES, ORDER)));
    }
    return Lanes.fold(s);
  }

  private static void set(FloatMatrix g, int row, int column, float entry) {
    g.segment().set(ValueLayout.JAVA_FLOAT, g.columnOffset(column) + (long) row * BYTES, entry);
  }
}
