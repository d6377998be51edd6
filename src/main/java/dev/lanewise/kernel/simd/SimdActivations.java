// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.FunctionConstants.SIGN_SHIFT;
import static dev.lanewise.kernel.simd.Lanes.BYTES;
import static dev.lanewise.kernel.simd.Lanes.ORDER;
import static dev.lanewise.kernel.simd.Lanes.SPECIES;
import static dev.lanewise.kernel.simd.Lanes.VECTOR_BYTES;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
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

/** The activation functions of hidden units, their slopes, and the sums of the errors of units. */
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
        fromMemorySegment(SPECIES, es, p + i, ORDER)
            .mul(fromMemorySegment(SPECIES, fs, o + i, ORDER))
            .intoMemorySegment(es, p + i, ORDER);
      }
    }
  }

  static void relu(FloatMatrix z, int from, int to) {
    MemorySegment zs = z.segment();
    int bytes = z.paddedRows() * BYTES;
    for (int j = from; j < to; j++) {
      long column = z.columnOffset(j);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        fromMemorySegment(SPECIES, zs, column + i, ORDER)
            .max(0f)
            .intoMemorySegment(zs, column + i, ORDER);
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
        IntVector above =
            fromMemorySegment(SPECIES, as, o + i, ORDER)
                .reinterpretAsInts()
                .neg()
                .lanewise(ASHR, SIGN_SHIFT);
        IntVector kept =
            fromMemorySegment(SPECIES, es, p + i, ORDER).reinterpretAsInts().and(above);
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
        VectorFunctions.tanh(fromMemorySegment(SPECIES, zs, column + i, ORDER))
            .intoMemorySegment(zs, column + i, ORDER);
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
        FloatVector v = fromMemorySegment(SPECIES, as, o + i, ORDER);
        fromMemorySegment(SPECIES, es, p + i, ORDER)
            .mul(v.neg().fma(v, v.broadcast(1f)))
            .intoMemorySegment(es, p + i, ORDER);
      }
    }
  }

  static void sigmoids(FloatMatrix z, int from, int to) {
    MemorySegment zs = z.segment();
    int bytes = z.paddedRows() * BYTES;
    for (int j = from; j < to; j++) {
      long column = z.columnOffset(j);
      for (int i = 0; i < bytes; i += VECTOR_BYTES) {
        VectorFunctions.sigmoid(fromMemorySegment(SPECIES, zs, column + i, ORDER))
            .intoMemorySegment(zs, column + i, ORDER);
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
        FloatVector v = fromMemorySegment(SPECIES, as, o + i, ORDER);
        fromMemorySegment(SPECIES, es, p + i, ORDER)
            .mul(v.neg().fma(v, v))
            .intoMemorySegment(es, p + i, ORDER);
      }
    }
  }
}
