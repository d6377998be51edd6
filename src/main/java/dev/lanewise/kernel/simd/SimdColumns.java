// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.simd.Lanes.BYTES;
import static dev.lanewise.kernel.simd.Lanes.LINE;
import static dev.lanewise.kernel.simd.Lanes.ORDER;
import static dev.lanewise.kernel.simd.Lanes.SPECIES;
import static dev.lanewise.kernel.simd.Lanes.VECTOR_BYTES;
import static dev.lanewise.kernel.simd.Lanes.WIDTH;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.lanewise.kernel.LaneSums;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/**
 * Forward and gradient of many columns.
 *
 * <p>Three meet three, as in {@link SimdGram}: forward, samples and classes; on the way back,
 * vectors of features and classes. So six operands make nine multiply-adds, where one class alone
 * takes an operand for each. Missing ones at an edge repeat the last, and write the same again.
 */
final class SimdColumns {

  private static final int LANES = FloatMatrix.LANES;
  private static final int SIDE = 3;

  /** The lanes of nine outputs, for each thread. */
  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[SIDE * SIDE * LANES]);

  private SimdColumns() {}

  static void forward(
      FloatMatrix x, int from, int to, FloatMatrix w, FloatMatrix biases, FloatMatrix z) {
    float[] lanes = SCRATCH.get();
    int bytes = x.paddedRows() * BYTES;
    int columns = w.columns();
    for (int j = from; j < to; j += SIDE) {
      int lastJ = Math.min(j + SIDE, to) - 1;
      for (int k = 0; k < columns; k += SIDE) {
        int lastK = Math.min(k + SIDE, columns) - 1;
        for (int part = 0; part < LINE; part += VECTOR_BYTES) {
          outputs(x, j, lastJ, w, k, lastK, part, bytes, lanes);
        }
        write(lanes, j, lastJ, k, lastK, biases, z);
      }
    }
  }

  /** One part of the lanes of nine outputs. */
  private static void outputs(
      FloatMatrix x,
      int j,
      int lastJ,
      FloatMatrix w,
      int k,
      int lastK,
      int part,
      int bytes,
      float[] lanes) {
    MemorySegment a0 = slice(x, j, part, bytes);
    MemorySegment a1 = slice(x, Math.min(j + 1, lastJ), part, bytes);
    MemorySegment a2 = slice(x, Math.min(j + 2, lastJ), part, bytes);
    MemorySegment b0 = slice(w, k, part, bytes);
    MemorySegment b1 = slice(w, Math.min(k + 1, lastK), part, bytes);
    MemorySegment b2 = slice(w, Math.min(k + 2, lastK), part, bytes);
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s02 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s12 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s22 = FloatVector.zero(SPECIES);
    for (int i = 0; i < bytes; i += LINE) {
      FloatVector v0 = fromMemorySegment(SPECIES, a0, i, ORDER);
      FloatVector v1 = fromMemorySegment(SPECIES, a1, i, ORDER);
      FloatVector v2 = fromMemorySegment(SPECIES, a2, i, ORDER);
      FloatVector u0 = fromMemorySegment(SPECIES, b0, Rolled.offset(i), ORDER);
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
    }
    // A loop, as in SimdKernels.forward: nine stores are more than the compiler inlines.
    for (int o = part / BYTES; o < SIDE * SIDE * LANES; o += LANES) {
      s00.intoArray(lanes, o);
      s00 = s01;
      s01 = s02;
      s02 = s10;
      s10 = s11;
      s11 = s12;
      s12 = s20;
      s20 = s21;
      s21 = s22;
    }
  }

  private static void write(
      float[] lanes, int j, int lastJ, int k, int lastK, FloatMatrix biases, FloatMatrix z) {
    MemorySegment zs = z.segment();
    for (int row = j; row <= lastJ; row++) {
      for (int column = k; column <= lastK; column++) {
        float sum = LaneSums.fold(lanes, ((row - j) * SIDE + column - k) * LANES);
        long offset = z.columnOffset(column) + (long) row * BYTES;
        zs.set(ValueLayout.JAVA_FLOAT, offset, sum + biases.get(column, 0));
      }
    }
  }

  // As long as the last vector of the part reaches.
  private static MemorySegment slice(FloatMatrix x, int column, int part, int bytes) {
    return x.segment().asSlice(x.columnOffset(column) + part, bytes - LINE + VECTOR_BYTES, 1);
  }

  static void gradient(
      FloatMatrix x, int from, int to, FloatMatrix e, int fromRow, int toRow, FloatMatrix g) {
    if (from == to) {
      return;
    }
    int columns = g.columns();
    for (int row = fromRow; row < toRow; row += SIDE * WIDTH) {
      int lastRow = Math.min(row + SIDE * WIDTH, toRow) - WIDTH;
      for (int k = 0; k < columns; k += SIDE) {
        sums(x, from, to, e, row, lastRow, k, Math.min(k + SIDE, columns) - 1, g);
      }
    }
  }

  /** Three vectors of features of three classes. */
  private static void sums(
      FloatMatrix x,
      int from,
      int to,
      FloatMatrix e,
      int row,
      int lastRow,
      int k,
      int lastK,
      FloatMatrix g) {
    int k1 = Math.min(k + 1, lastK);
    int k2 = Math.min(k + 2, lastK);
    int samples = to - from;
    int stride = x.stride() * BYTES;
    long first = x.columnOffset(from);
    long length = (long) (samples - 1) * stride + VECTOR_BYTES;
    MemorySegment a0 = x.segment().asSlice(first + rowOffset(row, 0, lastRow), length, 1);
    MemorySegment a1 = x.segment().asSlice(first + rowOffset(row, 1, lastRow), length, 1);
    MemorySegment a2 = x.segment().asSlice(first + rowOffset(row, 2, lastRow), length, 1);
    MemorySegment e0 = errors(e, k, from, samples);
    MemorySegment e1 = errors(e, k1, from, samples);
    MemorySegment e2 = errors(e, k2, from, samples);
    MemorySegment gs = g.segment();
    long g0 = g.columnOffset(k);
    long g1 = g.columnOffset(k1);
    long g2 = g.columnOffset(k2);
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s02 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s12 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s22 = FloatVector.zero(SPECIES);
    // Loops, as in SimdOuter: nine loads and stores are more than the compiler inlines.
    for (int vector = 0; vector < SIDE; vector++) {
      long o = rowOffset(row, vector, lastRow);
      s00 = s10;
      s10 = s20;
      s20 = fromMemorySegment(SPECIES, gs, g0 + o, ORDER);
      s01 = s11;
      s11 = s21;
      s21 = fromMemorySegment(SPECIES, gs, g1 + o, ORDER);
      s02 = s12;
      s12 = s22;
      s22 = fromMemorySegment(SPECIES, gs, g2 + o, ORDER);
    }
    long o = 0;
    for (int j = 0; j < samples; j++) {
      FloatVector v0 = fromMemorySegment(SPECIES, a0, o, ORDER);
      FloatVector v1 = fromMemorySegment(SPECIES, a1, o, ORDER);
      FloatVector v2 = fromMemorySegment(SPECIES, a2, o, ORDER);
      FloatVector u0 = FloatVector.broadcast(SPECIES, get(e0, j));
      s00 = v0.fma(u0, s00);
      s10 = v1.fma(u0, s10);
      s20 = v2.fma(u0, s20);
      FloatVector u1 = FloatVector.broadcast(SPECIES, get(e1, j));
      s01 = v0.fma(u1, s01);
      s11 = v1.fma(u1, s11);
      s21 = v2.fma(u1, s21);
      FloatVector u2 = FloatVector.broadcast(SPECIES, get(e2, j));
      s02 = v0.fma(u2, s02);
      s12 = v1.fma(u2, s12);
      s22 = v2.fma(u2, s22);
      o += stride;
    }
    for (int vector = 0; vector < SIDE; vector++) {
      long place = rowOffset(row, vector, lastRow);
      s00.intoMemorySegment(gs, g0 + place, ORDER);
      s01.intoMemorySegment(gs, g1 + place, ORDER);
      s02.intoMemorySegment(gs, g2 + place, ORDER);
      s00 = s10;
      s10 = s20;
      s01 = s11;
      s11 = s21;
      s02 = s12;
      s12 = s22;
    }
  }

  private static long rowOffset(int row, int vector, int lastRow) {
    return (long) Math.min(row + vector * WIDTH, lastRow) * BYTES;
  }

  private static MemorySegment errors(FloatMatrix e, int column, int from, int samples) {
    return e.segment()
        .asSlice(e.columnOffset(column) + (long) from * BYTES, (long) samples * BYTES, 1);
  }

  // Unaligned, so that no alignment is checked.
  private static float get(MemorySegment segment, int index) {
    return segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) index * BYTES);
  }
}
