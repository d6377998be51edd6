// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.simd.Lanes.BYTES;
import static dev.lanewise.kernel.simd.Lanes.ORDER;
import static dev.lanewise.kernel.simd.Lanes.VECTOR_BYTES;
import static dev.lanewise.kernel.simd.Lanes.WIDTH;

import dev.lanewise.kernel.NetworkKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The three products of a layer by tiles: {@link SimdTiles}. Forward, the lanes are units, of which
 * panels hold the weights of a tile input after input. On the way back they are inputs, as weights
 * and samples lie in memory.
 */
final class SimdNetwork {

  private static final int SECTION = NetworkKernels.SECTION;

  // A tile's inputs of so many samples stay in the first-level cache for all units.
  private static final int GROUP = 128;

  // Columns that are packed at once.
  private static final int COLUMNS = 16;

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

  // Negative numbers stand for the second vector, from -4 on.
  private static final VectorShuffle<Float> LOW_PAIRS =
      VectorShuffle.fromValues(FOUR, 0, -4, 1, -3);
  private static final VectorShuffle<Float> HIGH_PAIRS =
      VectorShuffle.fromValues(FOUR, 2, -2, 3, -1);
  private static final VectorShuffle<Float> LOW_HALVES =
      VectorShuffle.fromValues(FOUR, 0, 1, -4, -3);
  private static final VectorShuffle<Float> HIGH_HALVES =
      VectorShuffle.fromValues(FOUR, 2, 3, -2, -1);

  private SimdNetwork() {}

  /** The vectors of the next tile, of so many floats that are left, a multiple of 16. */
  private static int vectors(int left) {
    if (Lanes.REGISTERS == 32 && left >= 4 * WIDTH) {
      return 4;
    }
    return left >= 2 * WIDTH ? 2 : 1;
  }

  /** The columns of a tile of so many vectors. */
  private static int columns(int vectors) {
    return vectors == 4 ? 4 : vectors == 2 ? 6 : 8;
  }

  static FloatMatrix panels(Workspace workspace, int inputs, int units) {
    return workspace.floats(FloatMatrix.LANES, inputs * (padded(units) / FloatMatrix.LANES));
  }

  static void pack(FloatMatrix w, int fromUnit, int toUnit, FloatMatrix panels) {
    int inputs = w.rows();
    int padded = padded(w.columns());
    for (int u = 0; u < toUnit; ) {
      int units = vectors(padded - u) * WIDTH;
      long first = (long) u * inputs * BYTES;
      int end = Math.min(toUnit, u + units);
      for (int k = Math.max(fromUnit, u), last; k < end; k = last) {
        last = Math.min(end, k + COLUMNS);
        packColumns(w, k, last, panels.segment(), first + (k - u) * (long) BYTES, units);
      }
      u += units;
    }
  }

  /** So many columns that the processor still reads ahead in each, a line of each at a time. */
  private static void packColumns(
      FloatMatrix w, int column, int end, MemorySegment panels, long first, int units) {
    int inputs = w.rows();
    for (int i = 0; i < inputs; i += FloatMatrix.LANES) {
      int last = Math.min(inputs, i + FloatMatrix.LANES);
      int k = column;
      for (; k + 4 <= end; k += 4) {
        packFour(w, k, i, last, panels, first + (k - column) * (long) BYTES, units);
      }
      for (; k < end; k++) {
        packOne(w, k, i, last, panels, first + (k - column) * (long) BYTES, units);
      }
    }
  }

  /** Four columns, four numbers of each at a time: a square, which is transposed. */
  private static void packFour(
      FloatMatrix w, int column, int from, int to, MemorySegment panels, long first, int units) {
    MemorySegment ws = w.segment();
    long a = w.columnOffset(column);
    long b = w.columnOffset(column + 1);
    long c = w.columnOffset(column + 2);
    long d = w.columnOffset(column + 3);
    long stride = (long) units * BYTES;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      long row = (long) i * BYTES;
      FloatVector v0 = FloatVector.fromMemorySegment(FOUR, ws, a + row, ORDER);
      FloatVector v1 = FloatVector.fromMemorySegment(FOUR, ws, b + row, ORDER);
      FloatVector v2 = FloatVector.fromMemorySegment(FOUR, ws, c + row, ORDER);
      FloatVector v3 = FloatVector.fromMemorySegment(FOUR, ws, d + row, ORDER);
      FloatVector low01 = v0.rearrange(LOW_PAIRS, v1);
      FloatVector high01 = v0.rearrange(HIGH_PAIRS, v1);
      FloatVector low23 = v2.rearrange(LOW_PAIRS, v3);
      FloatVector high23 = v2.rearrange(HIGH_PAIRS, v3);
      long place = first + i * stride;
      low01.rearrange(LOW_HALVES, low23).intoMemorySegment(panels, place, ORDER);
      low01.rearrange(HIGH_HALVES, low23).intoMemorySegment(panels, place + stride, ORDER);
      high01.rearrange(LOW_HALVES, high23).intoMemorySegment(panels, place + 2 * stride, ORDER);
      high01.rearrange(HIGH_HALVES, high23).intoMemorySegment(panels, place + 3 * stride, ORDER);
    }
    for (int k = 0; k < 4; k++) {
      packOne(w, column + k, i, to, panels, first + (long) k * BYTES, units);
    }
  }

  private static void packOne(
      FloatMatrix w, int column, int from, int to, MemorySegment panels, long first, int units) {
    MemorySegment ws = w.segment();
    long offset = w.columnOffset(column);
    long stride = (long) units * BYTES;
    for (int i = from; i < to; i++) {
      float weight = ws.get(ValueLayout.JAVA_FLOAT_UNALIGNED, offset + (long) i * BYTES);
      panels.set(ValueLayout.JAVA_FLOAT_UNALIGNED, first + i * stride, weight);
    }
  }

  static void outputs(
      FloatMatrix panels, FloatMatrix biases, FloatMatrix a, int from, int to, FloatMatrix z) {
    int inputs = a.rows();
    int padded = z.paddedRows();
    long step = (long) a.stride() * BYTES;
    long zStep = (long) z.stride() * BYTES;
    for (int s = 0; s < inputs; s += SECTION) {
      int count = Math.min(SECTION, inputs - s);
      MemorySegment base = s == 0 ? biases.segment() : z.segment();
      long baseStep = s == 0 ? 0 : zStep;
      for (int u = 0, vectors; u < padded; u += vectors * WIDTH) {
        vectors = vectors(padded - u);
        long stride = (long) vectors * VECTOR_BYTES;
        long first = (long) u * inputs * BYTES + s * stride;
        int width = columns(vectors);
        for (int j = from; j < to; j += width) {
          int columns = Math.min(width, to - j);
          long place = z.columnOffset(j) + (long) u * BYTES;
          tile(
              vectors,
              SimdTiles.ADD,
              panels.segment(),
              first,
              stride,
              a.segment(),
              a.columnOffset(j) + (long) s * BYTES,
              step,
              BYTES,
              count,
              columns,
              base,
              s == 0 ? (long) u * BYTES : place,
              baseStep,
              z.segment(),
              place,
              zStep);
        }
      }
    }
  }

  static void deltas(FloatMatrix w, FloatMatrix e, int from, int to, FloatMatrix t) {
    int units = w.columns();
    int padded = w.paddedRows();
    long step = (long) e.stride() * BYTES;
    long tStep = (long) t.stride() * BYTES;
    for (int s = 0; s < units; s += SECTION) {
      int count = Math.min(SECTION, units - s);
      for (int i = 0, vectors; i < padded; i += vectors * WIDTH) {
        vectors = vectors(padded - i);
        int width = columns(vectors);
        for (int j = from; j < to; j += width) {
          long place = t.columnOffset(j) + (long) i * BYTES;
          tile(
              vectors,
              s == 0 ? SimdTiles.SET : SimdTiles.ADD,
              w.segment(),
              w.columnOffset(s) + (long) i * BYTES,
              (long) w.stride() * BYTES,
              e.segment(),
              e.columnOffset(j) + (long) s * BYTES,
              step,
              BYTES,
              count,
              Math.min(width, to - j),
              t.segment(),
              place,
              tStep,
              t.segment(),
              place,
              tStep);
        }
      }
    }
  }

  static void slopes(
      FloatMatrix a, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    if (from == to) {
      return;
    }
    for (int j = from, end; j < to; j = end) {
      end = Math.min(to - j, GROUP) + j;
      slopesOf(a, j, end, e, fromRow, toRow, g);
    }
  }

  private static void slopesOf(
      FloatMatrix a, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    int units = g.columns();
    long gStep = (long) g.stride() * BYTES;
    for (int i = fromRow, vectors; i < toRow; i += vectors * WIDTH) {
      vectors = vectors(toRow - i);
      int width = columns(vectors);
      for (int k = 0; k < units; k += width) {
        long place = g.columnOffset(k) + (long) i * BYTES;
        tile(
            vectors,
            SimdTiles.CHAIN,
            a.segment(),
            a.columnOffset(from) + (long) i * BYTES,
            (long) a.stride() * BYTES,
            e.segment(),
            e.columnOffset(from) + (long) k * BYTES,
            BYTES,
            (long) e.stride() * BYTES,
            to - from,
            Math.min(width, units - k),
            g.segment(),
            place,
            gStep,
            g.segment(),
            place,
            gStep);
      }
    }
  }

  private static void tile(
      int vectors,
      int mode,
      MemorySegment a,
      long aFirst,
      long aStride,
      MemorySegment b,
      long bFirst,
      long bStep,
      long bStride,
      int count,
      int columns,
      MemorySegment base,
      long baseFirst,
      long baseStep,
      MemorySegment result,
      long resultFirst,
      long resultStep) {
    if (vectors == 4) {
      SimdTiles.four(
          mode,
          a,
          aFirst,
          aStride,
          b,
          bFirst,
          bStep,
          bStride,
          count,
          columns,
          base,
          baseFirst,
          baseStep,
          result,
          resultFirst,
          resultStep);
    } else if (vectors == 2) {
      SimdTiles.two(
          mode,
          a,
          aFirst,
          aStride,
          b,
          bFirst,
          bStep,
          bStride,
          count,
          columns,
          base,
          baseFirst,
          baseStep,
          result,
          resultFirst,
          resultStep);
    } else {
      SimdTiles.one(
          mode,
          a,
          aFirst,
          aStride,
          b,
          bFirst,
          bStep,
          bStride,
          count,
          columns,
          base,
          baseFirst,
          baseStep,
          result,
          resultFirst,
          resultStep);
    }
  }

  private static int padded(int units) {
    return (units + FloatMatrix.LANES - 1) & -FloatMatrix.LANES;
  }
}
