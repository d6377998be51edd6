// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.simd.Lanes.BYTES;
import static dev.lanewise.kernel.simd.Lanes.INTS;
import static dev.lanewise.kernel.simd.Lanes.ORDER;
import static dev.lanewise.kernel.simd.Lanes.PARTS;
import static dev.lanewise.kernel.simd.Lanes.SPECIES;
import static dev.lanewise.kernel.simd.Lanes.WIDTH;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bytes as floats, and forward and gradient on bytes. There they become floats in registers, with
 * the one rounding of widen and without a copy that would drive other data from the cache.
 */
final class SimdBytes {

  // What becomes one vector of floats; of four floats, its first half, as there is no shorter one.
  private static final VectorSpecies<Byte> UNWIDENED =
      WIDTH == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;

  /** How many bytes a load reads that do not become floats. */
  private static final int OVER = UNWIDENED.length() - WIDTH;

  // The conversion takes longer than the multiply-add, so that four running sums hide the latency
  // of the latter. Sum k belongs to part k % PARTS of column k / PARTS.
  private static final int SUMS = 4;
  private static final int COLUMNS = SUMS / PARTS;
  private static final int PART_1 = 1 % PARTS * WIDTH;
  private static final int PART_2 = 2 % PARTS * WIDTH;
  private static final int PART_3 = 3 % PARTS * WIDTH;

  private SimdBytes() {}

  static void widen(ByteMatrix x, int from, int to, int fromRow, int toRow, FloatMatrix floats) {
    int rows = toRow - fromRow;
    for (int j = from; j < to; j++) {
      long offset = floats.columnOffset(j) + (long) fromRow * BYTES;
      MemorySegment target = floats.segment().asSlice(offset, (long) rows * BYTES, 1);
      widen(rows(x, j, fromRow, rows), x.scale(), rows, target);
    }
  }

  private static void widen(MemorySegment bytes, float scale, int rows, MemorySegment floats) {
    FloatVector scales = FloatVector.broadcast(SPECIES, scale);
    for (int i = 0; i < rows; i += WIDTH) {
      floats(bytes, i).mul(scales).intoMemorySegment(floats, (long) i * BYTES, ORDER);
    }
  }

  static void forward(
      ByteMatrix x, int from, int to, FloatMatrix w, FloatMatrix biases, FloatMatrix z) {
    for (int k = 0; k < w.columns(); k++) {
      forward(x, from, to, w, k, biases.get(k, 0), z);
    }
  }

  private static void forward(
      ByteMatrix x, int from, int to, FloatMatrix w, int column, float bias, FloatMatrix z) {
    int rows = x.paddedRows();
    MemorySegment ws = w.segment().asSlice(w.columnOffset(column), (long) rows * BYTES, 1);
    long zs = z.columnOffset(column);
    FloatVector scale = FloatVector.broadcast(SPECIES, x.scale());
    for (int j = from; j < to; j += COLUMNS) {
      // The last columns may be fewer: the missing ones repeat the last, and their sums are
      // dropped.
      MemorySegment x0 = column(x, j, rows);
      MemorySegment x1 = 1 % PARTS > 0 ? x0 : column(x, Math.min(j + 1 / PARTS, to - 1), rows);
      MemorySegment x2 = 2 % PARTS > 0 ? x1 : column(x, Math.min(j + 2 / PARTS, to - 1), rows);
      MemorySegment x3 = 3 % PARTS > 0 ? x2 : column(x, Math.min(j + 3 / PARTS, to - 1), rows);
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = FloatVector.zero(SPECIES);
      FloatVector s2 = FloatVector.zero(SPECIES);
      FloatVector s3 = FloatVector.zero(SPECIES);
      for (int i = 0; i < rows; i += FloatMatrix.LANES) {
        FloatVector w0 = fromMemorySegment(SPECIES, ws, (long) i * BYTES, ORDER);
        FloatVector w1 =
            PARTS > 1
                ? fromMemorySegment(SPECIES, ws, (long) i * BYTES + PART_1 * BYTES, ORDER)
                : w0;
        FloatVector w2 =
            PARTS > 2
                ? fromMemorySegment(SPECIES, ws, (long) i * BYTES + PART_2 * BYTES, ORDER)
                : w0;
        FloatVector w3 =
            PARTS > 2
                ? fromMemorySegment(SPECIES, ws, (long) i * BYTES + PART_3 * BYTES, ORDER)
                : w1;
        s0 = floats(x0, i).mul(scale).fma(w0, s0);
        s1 = floats(x1, i + PART_1).mul(scale).fma(w1, s1);
        s2 = floats(x2, i + PART_2).mul(scale).fma(w2, s2);
        s3 = floats(x3, i + PART_3).mul(scale).fma(w3, s3);
      }
      // One vector for each column, from s0 on.
      if (PARTS == 2) {
        s0 = s0.add(s1);
        s1 = s2.add(s3);
      } else if (PARTS == 4) {
        s0 = s0.add(s2).add(s1.add(s3));
      }
      // A loop, as in SimdKernels.forward.
      int end = Math.min(j + COLUMNS, to);
      for (int k = j; k < end; k++) {
        z.segment().set(ValueLayout.JAVA_FLOAT, zs + (long) k * BYTES, Lanes.fold(s0) + bias);
        s0 = s1;
        s1 = s2;
        s2 = s3;
      }
    }
  }

  static void gradient(
      ByteMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    int rows = toRow - fromRow;
    for (int k = 0; k < g.columns(); k++) {
      // Offsets, and not slices: a slice that crosses a call is an object.
      long es = e.columnOffset(k);
      long gs = g.columnOffset(k) + (long) fromRow * BYTES;
      int j = from;
      for (; j + 4 <= to; j += 4) {
        gradientOf4(x, j, e.segment(), es, fromRow, rows, g.segment(), gs);
      }
      for (; j < to; j++) {
        gradientOf1(x, j, e.segment(), es, fromRow, rows, g.segment(), gs);
      }
    }
  }

  private static void gradientOf4(
      ByteMatrix x,
      int j,
      MemorySegment e,
      long errors,
      int fromRow,
      int rows,
      MemorySegment g,
      long sums) {
    MemorySegment gs = g.asSlice(sums, (long) rows * BYTES, 1);
    MemorySegment x0 = rows(x, j, fromRow, rows);
    MemorySegment x1 = rows(x, j + 1, fromRow, rows);
    MemorySegment x2 = rows(x, j + 2, fromRow, rows);
    MemorySegment x3 = rows(x, j + 3, fromRow, rows);
    FloatVector scale = FloatVector.broadcast(SPECIES, x.scale());
    FloatVector e0 = FloatVector.broadcast(SPECIES, get(e, errors, j));
    FloatVector e1 = FloatVector.broadcast(SPECIES, get(e, errors, j + 1));
    FloatVector e2 = FloatVector.broadcast(SPECIES, get(e, errors, j + 2));
    FloatVector e3 = FloatVector.broadcast(SPECIES, get(e, errors, j + 3));
    for (int i = 0; i < rows; i += WIDTH) {
      FloatVector sum = fromMemorySegment(SPECIES, gs, (long) i * BYTES, ORDER);
      sum = floats(x0, i).mul(scale).fma(e0, sum);
      sum = floats(x1, i).mul(scale).fma(e1, sum);
      sum = floats(x2, i).mul(scale).fma(e2, sum);
      sum = floats(x3, i).mul(scale).fma(e3, sum);
      sum.intoMemorySegment(gs, (long) i * BYTES, ORDER);
    }
  }

  private static void gradientOf1(
      ByteMatrix x,
      int j,
      MemorySegment e,
      long errors,
      int fromRow,
      int rows,
      MemorySegment g,
      long sums) {
    MemorySegment gs = g.asSlice(sums, (long) rows * BYTES, 1);
    MemorySegment xs = rows(x, j, fromRow, rows);
    FloatVector scale = FloatVector.broadcast(SPECIES, x.scale());
    FloatVector ej = FloatVector.broadcast(SPECIES, get(e, errors, j));
    for (int i = 0; i < rows; i += WIDTH) {
      FloatVector sum = fromMemorySegment(SPECIES, gs, (long) i * BYTES, ORDER);
      floats(xs, i).mul(scale).fma(ej, sum).intoMemorySegment(gs, (long) i * BYTES, ORDER);
    }
  }

  private static MemorySegment column(ByteMatrix x, int column, int rows) {
    return rows(x, column, 0, rows);
  }

  private static MemorySegment rows(ByteMatrix x, int column, int fromRow, int rows) {
    return x.segment().asSlice(x.columnOffset(column) + fromRow, rows + OVER, 1);
  }

  private static FloatVector floats(MemorySegment bytes, int offset) {
    return (FloatVector)
        ByteVector.fromMemorySegment(UNWIDENED, bytes, offset, ORDER)
            .convertShape(ZERO_EXTEND_B2I, INTS, 0)
            .convertShape(I2F, SPECIES, 0);
  }

  private static float get(MemorySegment segment, long column, int index) {
    return segment.get(ValueLayout.JAVA_FLOAT, column + (long) index * BYTES);
  }
}
