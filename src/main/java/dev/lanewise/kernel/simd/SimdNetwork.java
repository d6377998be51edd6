// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.simd.Lanes.BYTES;
import static dev.lanewise.kernel.simd.Lanes.VECTOR_BYTES;
import static dev.lanewise.kernel.simd.Lanes.WIDTH;

import dev.lanewise.kernel.NetworkKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The three products of a layer by tiles: {@link SimdTiles}. Forward, the lanes are units, of which
 * panels hold the weights of a tile input after input. On the way back they are inputs, as weights
 * and samples lie in memory.
 */
final class SimdNetwork {

  private static final int SECTION = NetworkKernels.SECTION;

  // A tile's inputs of so many samples stay in the first-level cache for all units.
  private static final int GROUP = 128;

  // Inputs that are packed at once.
  private static final int INPUTS = 32;

  /** Two floats as one number, the first in its low half, on machines of either byte order. */
  private static final ValueLayout.OfLong PAIR =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long LOW = 0xffff_ffffL;

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

  static void pack(FloatMatrix w, int fromRow, int toRow, FloatMatrix panels) {
    int inputs = w.rows();
    int padded = padded(w.columns());
    int end = Math.min(toRow, inputs);
    for (int u = 0; u < padded; ) {
      int units = vectors(padded - u) * WIDTH;
      long first = (long) u * inputs * BYTES;
      int columns = Math.min(units, w.columns() - u);
      // Some inputs at a time, whose part of the panel stays in the first-level cache.
      for (int i = fromRow; i < end; i += INPUTS) {
        int last = Math.min(end, i + INPUTS);
        int k = 0;
        for (; k + 2 <= columns; k += 2) {
          packTwo(w, u + k, i, last, panels.segment(), first + (long) k * BYTES, units);
        }
        if (k < columns) {
          packOne(w, u + k, i, last, panels.segment(), first + (long) k * BYTES, units);
        }
      }
      u += units;
    }
  }

  /** Two columns: two numbers of each are two longs, and two longs are written. */
  private static void packTwo(
      FloatMatrix w, int column, int from, int to, MemorySegment panels, long first, int units) {
    MemorySegment ws = w.segment();
    long left = w.columnOffset(column);
    long right = w.columnOffset(column + 1);
    long stride = (long) units * BYTES;
    int i = from;
    for (; i + 2 <= to; i += 2) {
      long a = ws.get(PAIR, left + (long) i * BYTES);
      long b = ws.get(PAIR, right + (long) i * BYTES);
      long place = first + i * stride;
      panels.set(PAIR, place, a & LOW | b << Integer.SIZE);
      panels.set(PAIR, place + stride, a >>> Integer.SIZE | b & ~LOW);
    }
    packOne(w, column, i, to, panels, first, units);
    packOne(w, column + 1, i, to, panels, first + BYTES, units);
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
