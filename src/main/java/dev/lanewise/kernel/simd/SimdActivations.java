// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.FunctionConstants.SIGN_SHIFT;
import static dev.lanewise.kernel.simd.Lanes.BYTES;
import static dev.lanewise.kernel.simd.Lanes.ORDER;
import static dev.lanewise.kernel.simd.Lanes.VECTOR_BYTES;
import static dev.lanewise.kernel.simd.Lanes.load;
import static dev.lanewise.kernel.simd.Lanes.store;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.F2D;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** What hidden units make of their z, its slopes, and the sums of their errors. */
final class SimdActivations {

  private static final VectorSpecies<Double> DOUBLES = Lanes.SPECIES.withLanes(double.class);

  /** As many floats as there are doubles in a vector. */
  private static final VectorSpecies<Float> HALF =
      VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.length() * Float.SIZE));

  private SimdActivations() {}

  static void sums(FloatMatrix e, int from, int to, double[] sums, int at) {
    MemorySegment es = e.segment();
    long first = e.columnOffset(from);
    long stride = (long) e.stride() * BYTES;
    int k = 0;
    for (; k + DOUBLES.length() <= e.rows(); k += DOUBLES.length()) {
      long o = first + (long) k * BYTES;
      DoubleVector sum = DoubleVector.zero(DOUBLES);
      for (int j = from; j < to; j++) {
        FloatVector errors = FloatVector.fromMemorySegment(HALF, es, o, ORDER);
        sum = sum.add(errors.convertShape(F2D, DOUBLES, 0));
        o += stride;
      }
      sum.intoArray(sums, at + k);
    }
    for (; k < e.rows(); k++) {
      double sum = 0;
      for (int j = from; j < to; j++) {
        sum += es.get(ValueLayout.JAVA_FLOAT, e.columnOffset(j) + (long) k * BYTES);
      }
      sums[at + k] = sum;
    }
  }

  static void product(FloatMatrix f, int from, int to, FloatMatrix e) {
    MemorySegment fs = f.segment();
    MemorySegment es = e.segment();
    int bytes = f.paddedRows() * BYTES;
    for (int j = from; j < to; j++) {
      long o = f.columnOffset(j);
      long p = e.columnOffset(j);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        store(load(es, p + i).mul(load(fs, o + i)), es, p + i);
      }
    }
  }

  static void relu(FloatMatrix z, int from, int to) {
    MemorySegment zs = z.segment();
    int bytes = z.paddedRows() * BYTES;
    for (int j = from; j < to; j++) {
      long column = z.columnOffset(j);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        store(load(zs, column + i).max(0f), zs, column + i);
      }
    }
  }

  static void reluSlope(FloatMatrix a, int from, int to, FloatMatrix e) {
    MemorySegment as = a.segment();
    MemorySegment es = e.segment();
    int bytes = a.paddedRows() * BYTES;
    for (int j = from; j < to; j++) {
      long o = a.columnOffset(j);
      long p = e.columnOffset(j);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        // All ones where a is above 0, since the bits of -a are then a negative integer.
        IntVector above = load(as, o + i).reinterpretAsInts().neg().lanewise(ASHR, SIGN_SHIFT);
        IntVector kept = load(es, p + i).reinterpretAsInts().and(above);
        kept.intoMemorySegment(es, p + i, ORDER);
      }
    }
  }

  static void tanh(FloatMatrix z, int from, int to) {
    MemorySegment zs = z.segment();
    int bytes = z.paddedRows() * BYTES;
    for (int j = from; j < to; j++) {
      long column = z.columnOffset(j);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        VectorFunctions.tanh(load(zs, column + i)).intoMemorySegment(zs, column + i, ORDER);
      }
    }
  }

  static void tanhSlope(FloatMatrix a, int from, int to, FloatMatrix e) {
    MemorySegment as = a.segment();
    MemorySegment es = e.segment();
    int bytes = a.paddedRows() * BYTES;
    for (int j = from; j < to; j++) {
      long o = a.columnOffset(j);
      long p = e.columnOffset(j);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        FloatVector v = load(as, o + i);
        store(load(es, p + i).mul(v.neg().fma(v, v.broadcast(1f))), es, p + i);
      }
    }
  }

  static void sigmoids(FloatMatrix z, int from, int to) {
    MemorySegment zs = z.segment();
    int bytes = z.paddedRows() * BYTES;
    for (int j = from; j < to; j++) {
      long column = z.columnOffset(j);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        VectorFunctions.sigmoid(load(zs, column + i)).intoMemorySegment(zs, column + i, ORDER);
      }
      for (int k = z.rows(); k < z.paddedRows(); k++) {
        zs.set(ValueLayout.JAVA_FLOAT_UNALIGNED, column + (long) k * BYTES, 0f);
      }
    }
  }

  static void sigmoidSlope(FloatMatrix a, int from, int to, FloatMatrix e) {
    MemorySegment as = a.segment();
    MemorySegment es = e.segment();
    int bytes = a.paddedRows() * BYTES;
    for (int j = from; j < to; j++) {
      long o = a.columnOffset(j);
      long p = e.columnOffset(j);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        FloatVector v = load(as, o + i);
        store(load(es, p + i).mul(v.neg().fma(v, v)), es, p + i);
      }
    }
  }
}
