// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.FunctionConstants.SIGN_BIT;
import static dev.lanewise.kernel.FunctionConstants.SIGN_SHIFT;
import static dev.lanewise.kernel.simd.Lanes.BYTES;
import static dev.lanewise.kernel.simd.Lanes.INTS;
import static dev.lanewise.kernel.simd.Lanes.ORDER;
import static dev.lanewise.kernel.simd.Lanes.SPECIES;
import static dev.lanewise.kernel.simd.Lanes.WIDTH;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.AND_NOT;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Softmax regression's functions on vectors of 4, 8 or 16 samples.
 *
 * <p>Several passes over the classes of a vector of samples, each a method of its own, and some
 * sums taken twice: all in one, it is more than the compiler inlines, and it boxes the vectors of a
 * call that it does not inline. For the same reason no method with a loop takes or returns a
 * vector.
 */
final class SimdSoftmax {

  private SimdSoftmax() {}

  static void softmax(
      FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e, FloatMatrix losses) {
    exponentials(z, from, to, e);
    rests(z, y.segment(), from, to, e, losses.segment());
    logarithms(from, to, losses.segment());
    distances(z, y.segment(), from, to, losses.segment());
    errors(y.segment(), from, to, e);
  }

  /** exp(z_jk - max). */
  private static void exponentials(FloatMatrix z, int from, int to, FloatMatrix e) {
    MemorySegment zs = z.segment();
    for (int j = from; j < to; j += WIDTH) {
      long o = (long) j * BYTES;
      FloatVector largest = fromMemorySegment(SPECIES, zs, z.columnOffset(0) + o, ORDER);
      for (int k = 1; k < z.columns(); k++) {
        largest = largest.max(fromMemorySegment(SPECIES, zs, z.columnOffset(k) + o, ORDER));
      }
      for (int k = 0; k < z.columns(); k++) {
        FloatVector distance =
            fromMemorySegment(SPECIES, zs, z.columnOffset(k) + o, ORDER).sub(largest);
        VectorFunctions.exp(distance).intoMemorySegment(e.segment(), e.columnOffset(k) + o, ORDER);
      }
    }
  }

  /**
   * What the exponentials come to beside the largest of them, which is 1: of a label with the
   * largest z, the sum of the others.
   */
  private static void rests(
      FloatMatrix z, MemorySegment ys, int from, int to, FloatMatrix e, MemorySegment rests) {
    MemorySegment es = e.segment();
    MemorySegment zs = z.segment();
    for (int j = from; j < to; j += WIDTH) {
      long o = (long) j * BYTES;
      IntVector label = IntVector.fromMemorySegment(INTS, ys, o, ORDER);
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector others = FloatVector.zero(SPECIES);
      FloatVector largest = fromMemorySegment(SPECIES, zs, z.columnOffset(0) + o, ORDER);
      IntVector own = IntVector.zero(INTS);
      for (int k = 0; k < e.columns(); k++) {
        IntVector isK = is(label, k);
        FloatVector p = fromMemorySegment(SPECIES, es, e.columnOffset(k) + o, ORDER);
        sum = sum.add(p);
        others = others.add(p.reinterpretAsInts().lanewise(AND_NOT, isK).reinterpretAsFloats());
        FloatVector zk = fromMemorySegment(SPECIES, zs, z.columnOffset(k) + o, ORDER);
        largest = largest.max(zk);
        own = own.or(zk.reinterpretAsInts().and(isK));
      }
      FloatVector distance = largest.sub(own.reinterpretAsFloats());
      // Of a zero below zero, which there is without a label, the sum makes one above.
      IntVector right = is(distance.add(0f).reinterpretAsInts(), 0);
      IntVector rest = sum.sub(1f).reinterpretAsInts().lanewise(AND_NOT, right);
      rest.or(others.reinterpretAsInts().and(right)).intoMemorySegment(rests, o, ORDER);
    }
  }

  /** The logarithms of 1 and the rests, which are finite or NaN. */
  private static void logarithms(int from, int to, MemorySegment losses) {
    for (int j = from; j < to; j += WIDTH) {
      long o = (long) j * BYTES;
      VectorFunctions.log1p(fromMemorySegment(SPECIES, losses, o, ORDER))
          .intoMemorySegment(losses, o, ORDER);
    }
  }

  /** Adds to the logarithms how far the label's z is below the largest. */
  private static void distances(
      FloatMatrix z, MemorySegment ys, int from, int to, MemorySegment losses) {
    MemorySegment zs = z.segment();
    for (int j = from; j < to; j += WIDTH) {
      long o = (long) j * BYTES;
      IntVector label = IntVector.fromMemorySegment(INTS, ys, o, ORDER);
      FloatVector largest = fromMemorySegment(SPECIES, zs, z.columnOffset(0) + o, ORDER);
      IntVector own = IntVector.zero(INTS);
      for (int k = 0; k < z.columns(); k++) {
        FloatVector zk = fromMemorySegment(SPECIES, zs, z.columnOffset(k) + o, ORDER);
        largest = largest.max(zk);
        own = own.or(zk.reinterpretAsInts().and(is(label, k)));
      }
      FloatVector distance = largest.sub(own.reinterpretAsFloats());
      fromMemorySegment(SPECIES, losses, o, ORDER)
          .add(distance)
          .intoMemorySegment(losses, o, ORDER);
    }
  }

  /** The exponentials over their sum; of the label, minus those of the others. */
  private static void errors(MemorySegment ys, int from, int to, FloatMatrix e) {
    MemorySegment es = e.segment();
    for (int j = from; j < to; j += WIDTH) {
      long o = (long) j * BYTES;
      IntVector label = IntVector.fromMemorySegment(INTS, ys, o, ORDER);
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector others = FloatVector.zero(SPECIES);
      for (int k = 0; k < e.columns(); k++) {
        FloatVector p = fromMemorySegment(SPECIES, es, e.columnOffset(k) + o, ORDER);
        sum = sum.add(p);
        IntVector other = p.reinterpretAsInts().lanewise(AND_NOT, is(label, k));
        others = others.add(other.reinterpretAsFloats());
      }
      IntVector minus = others.reinterpretAsInts().lanewise(XOR, SIGN_BIT);
      for (int k = 0; k < e.columns(); k++) {
        IntVector p = IntVector.fromMemorySegment(INTS, es, e.columnOffset(k) + o, ORDER);
        IntVector is = is(label, k);
        FloatVector dividend = p.lanewise(AND_NOT, is).or(minus.and(is)).reinterpretAsFloats();
        dividend.div(sum).intoMemorySegment(es, e.columnOffset(k) + o, ORDER);
      }
    }
  }

  /** All ones where the label is k: only then its bits do not differ from those of the float k. */
  private static IntVector is(IntVector label, int k) {
    IntVector difference = label.lanewise(XOR, Float.floatToRawIntBits(k));
    return difference.sub(1).lanewise(AND_NOT, difference).lanewise(ASHR, SIGN_SHIFT);
  }

  static void curvature(FloatMatrix p, FloatMatrix v, int from, int to) {
    MemorySegment ps = p.segment();
    MemorySegment vs = v.segment();
    for (int j = from; j < to; j += WIDTH) {
      long o = (long) j * BYTES;
      FloatVector mean = FloatVector.zero(SPECIES);
      for (int k = 0; k < v.columns(); k++) {
        mean =
            fromMemorySegment(SPECIES, ps, p.columnOffset(k) + o, ORDER)
                .fma(fromMemorySegment(SPECIES, vs, v.columnOffset(k) + o, ORDER), mean);
      }
      for (int k = 0; k < v.columns(); k++) {
        FloatVector distance =
            fromMemorySegment(SPECIES, vs, v.columnOffset(k) + o, ORDER).sub(mean);
        fromMemorySegment(SPECIES, ps, p.columnOffset(k) + o, ORDER)
            .mul(distance)
            .intoMemorySegment(vs, v.columnOffset(k) + o, ORDER);
      }
    }
  }
}
