// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.simd.Lanes.ORDER;
import static dev.lanewise.kernel.simd.Lanes.SPECIES;
import static dev.lanewise.kernel.simd.Lanes.VECTOR_BYTES;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Products of two matrices in registers: a tile of R x C sums s_rc = fma(a_r(i), b_c(i), s_rc), i
 * ascending, where a_r(i) is a vector and b_c(i) one number. Operands and sums of a tile fill the
 * registers, so each operand that is read serves several sums.
 *
 * <p>The vectors of a follow one another; {@code aStride} leads to the next i. The numbers of b are
 * {@code bStep} apart for the next c, {@code bStride} for the next i. Offsets are in bytes. Where
 * fewer than C columns are left, the last is computed again and not stored.
 *
 * <p>Loops over the columns load and store the sums, which move on by a column in each turn: 16
 * statements of that kind are more than the compiler inlines into one method.
 */
final class SimdTiles {

  /** Sums start from +0 and are the result. */
  static final int SET = 0;

  /** Sums start from +0; the result is base + sum. */
  static final int ADD = 1;

  /** Sums start from the base and are the result. */
  static final int CHAIN = 2;

  private SimdTiles() {}

  /** Four vectors by four columns, for 32 registers. */
  static void four(
      int mode,
      MemorySegment as,
      long aFirst,
      long aStride,
      MemorySegment bs,
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
    MemorySegment a = as.asSlice(aFirst, (count - 1) * aStride + 4 * VECTOR_BYTES, 1);
    int last = columns - 1;
    MemorySegment b = bs.asSlice(bFirst, last * bStep + (count - 1) * bStride + Float.BYTES, 1);
    long b1 = Math.min(1, last) * bStep;
    long b2 = Math.min(2, last) * bStep;
    long b3 = last * bStep;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    FloatVector s02 = FloatVector.zero(SPECIES);
    FloatVector s12 = FloatVector.zero(SPECIES);
    FloatVector s22 = FloatVector.zero(SPECIES);
    FloatVector s32 = FloatVector.zero(SPECIES);
    FloatVector s03 = FloatVector.zero(SPECIES);
    FloatVector s13 = FloatVector.zero(SPECIES);
    FloatVector s23 = FloatVector.zero(SPECIES);
    FloatVector s33 = FloatVector.zero(SPECIES);
    for (int c = 0; mode == CHAIN && c < 4; c++) {
      s00 = s01;
      s10 = s11;
      s20 = s21;
      s30 = s31;
      s01 = s02;
      s11 = s12;
      s21 = s22;
      s31 = s32;
      s02 = s03;
      s12 = s13;
      s22 = s23;
      s32 = s33;
      long place = baseFirst + Math.min(c, last) * baseStep;
      s03 = fromMemorySegment(SPECIES, base, place, ORDER);
      s13 = fromMemorySegment(SPECIES, base, place + VECTOR_BYTES, ORDER);
      s23 = fromMemorySegment(SPECIES, base, place + 2 * VECTOR_BYTES, ORDER);
      s33 = fromMemorySegment(SPECIES, base, place + 3 * VECTOR_BYTES, ORDER);
    }
    long ao = 0;
    long bo = 0;
    for (int i = 0; i < count; i++) {
      FloatVector v0 = fromMemorySegment(SPECIES, a, ao, ORDER);
      FloatVector v1 = fromMemorySegment(SPECIES, a, ao + VECTOR_BYTES, ORDER);
      FloatVector v2 = fromMemorySegment(SPECIES, a, ao + 2 * VECTOR_BYTES, ORDER);
      FloatVector v3 = fromMemorySegment(SPECIES, a, ao + 3 * VECTOR_BYTES, ORDER);
      FloatVector u0 = broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo));
      s00 = v0.fma(u0, s00);
      s10 = v1.fma(u0, s10);
      s20 = v2.fma(u0, s20);
      s30 = v3.fma(u0, s30);
      FloatVector u1 = broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b1));
      s01 = v0.fma(u1, s01);
      s11 = v1.fma(u1, s11);
      s21 = v2.fma(u1, s21);
      s31 = v3.fma(u1, s31);
      FloatVector u2 = broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b2));
      s02 = v0.fma(u2, s02);
      s12 = v1.fma(u2, s12);
      s22 = v2.fma(u2, s22);
      s32 = v3.fma(u2, s32);
      FloatVector u3 = broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b3));
      s03 = v0.fma(u3, s03);
      s13 = v1.fma(u3, s13);
      s23 = v2.fma(u3, s23);
      s33 = v3.fma(u3, s33);
      ao += aStride;
      bo += bStride;
    }
    for (int c = 0; c < columns; c++) {
      if (mode == ADD) {
        long from = baseFirst + c * baseStep;
        s00 = fromMemorySegment(SPECIES, base, from, ORDER).add(s00);
        s10 = fromMemorySegment(SPECIES, base, from + VECTOR_BYTES, ORDER).add(s10);
        s20 = fromMemorySegment(SPECIES, base, from + 2 * VECTOR_BYTES, ORDER).add(s20);
        s30 = fromMemorySegment(SPECIES, base, from + 3 * VECTOR_BYTES, ORDER).add(s30);
      }
      long place = resultFirst + c * resultStep;
      s00.intoMemorySegment(result, place, ORDER);
      s10.intoMemorySegment(result, place + VECTOR_BYTES, ORDER);
      s20.intoMemorySegment(result, place + 2 * VECTOR_BYTES, ORDER);
      s30.intoMemorySegment(result, place + 3 * VECTOR_BYTES, ORDER);
      s00 = s01;
      s10 = s11;
      s20 = s21;
      s30 = s31;
      s01 = s02;
      s11 = s12;
      s21 = s22;
      s31 = s32;
      s02 = s03;
      s12 = s13;
      s22 = s23;
      s32 = s33;
    }
  }

  /** Two vectors by six columns, for 16 registers. */
  static void two(
      int mode,
      MemorySegment as,
      long aFirst,
      long aStride,
      MemorySegment bs,
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
    MemorySegment a = as.asSlice(aFirst, (count - 1) * aStride + 2 * VECTOR_BYTES, 1);
    int last = columns - 1;
    MemorySegment b = bs.asSlice(bFirst, last * bStep + (count - 1) * bStride + Float.BYTES, 1);
    long b1 = Math.min(1, last) * bStep;
    long b2 = Math.min(2, last) * bStep;
    long b3 = Math.min(3, last) * bStep;
    long b4 = Math.min(4, last) * bStep;
    long b5 = last * bStep;
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s02 = FloatVector.zero(SPECIES);
    FloatVector s12 = FloatVector.zero(SPECIES);
    FloatVector s03 = FloatVector.zero(SPECIES);
    FloatVector s13 = FloatVector.zero(SPECIES);
    FloatVector s04 = FloatVector.zero(SPECIES);
    FloatVector s14 = FloatVector.zero(SPECIES);
    FloatVector s05 = FloatVector.zero(SPECIES);
    FloatVector s15 = FloatVector.zero(SPECIES);
    for (int c = 0; mode == CHAIN && c < 6; c++) {
      s00 = s01;
      s10 = s11;
      s01 = s02;
      s11 = s12;
      s02 = s03;
      s12 = s13;
      s03 = s04;
      s13 = s14;
      s04 = s05;
      s14 = s15;
      long place = baseFirst + Math.min(c, last) * baseStep;
      s05 = fromMemorySegment(SPECIES, base, place, ORDER);
      s15 = fromMemorySegment(SPECIES, base, place + VECTOR_BYTES, ORDER);
    }
    long ao = 0;
    long bo = 0;
    for (int i = 0; i < count; i++) {
      FloatVector v0 = fromMemorySegment(SPECIES, a, ao, ORDER);
      FloatVector v1 = fromMemorySegment(SPECIES, a, ao + VECTOR_BYTES, ORDER);
      FloatVector u0 = broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo));
      s00 = v0.fma(u0, s00);
      s10 = v1.fma(u0, s10);
      FloatVector u1 = broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b1));
      s01 = v0.fma(u1, s01);
      s11 = v1.fma(u1, s11);
      FloatVector u2 = broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b2));
      s02 = v0.fma(u2, s02);
      s12 = v1.fma(u2, s12);
      FloatVector u3 = broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b3));
      s03 = v0.fma(u3, s03);
      s13 = v1.fma(u3, s13);
      FloatVector u4 = broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b4));
      s04 = v0.fma(u4, s04);
      s14 = v1.fma(u4, s14);
      FloatVector u5 = broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b5));
      s05 = v0.fma(u5, s05);
      s15 = v1.fma(u5, s15);
      ao += aStride;
      bo += bStride;
    }
    for (int c = 0; c < columns; c++) {
      if (mode == ADD) {
        long from = baseFirst + c * baseStep;
        s00 = fromMemorySegment(SPECIES, base, from, ORDER).add(s00);
        s10 = fromMemorySegment(SPECIES, base, from + VECTOR_BYTES, ORDER).add(s10);
      }
      long place = resultFirst + c * resultStep;
      s00.intoMemorySegment(result, place, ORDER);
      s10.intoMemorySegment(result, place + VECTOR_BYTES, ORDER);
      s00 = s01;
      s10 = s11;
      s01 = s02;
      s11 = s12;
      s02 = s03;
      s12 = s13;
      s03 = s04;
      s13 = s14;
      s04 = s05;
      s14 = s15;
    }
  }

  /** One vector by eight columns. */
  static void one(
      int mode,
      MemorySegment as,
      long aFirst,
      long aStride,
      MemorySegment bs,
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
    MemorySegment a = as.asSlice(aFirst, (count - 1) * aStride + VECTOR_BYTES, 1);
    int last = columns - 1;
    MemorySegment b = bs.asSlice(bFirst, last * bStep + (count - 1) * bStride + Float.BYTES, 1);
    long b1 = Math.min(1, last) * bStep;
    long b2 = Math.min(2, last) * bStep;
    long b3 = Math.min(3, last) * bStep;
    long b4 = Math.min(4, last) * bStep;
    long b5 = Math.min(5, last) * bStep;
    long b6 = Math.min(6, last) * bStep;
    long b7 = last * bStep;
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector s6 = FloatVector.zero(SPECIES);
    FloatVector s7 = FloatVector.zero(SPECIES);
    for (int t = 0; mode == CHAIN && t < 8; t++) {
      s0 = s1;
      s1 = s2;
      s2 = s3;
      s3 = s4;
      s4 = s5;
      s5 = s6;
      s6 = s7;
      s7 = fromMemorySegment(SPECIES, base, baseFirst + Math.min(t, last) * baseStep, ORDER);
    }
    long ao = 0;
    long bo = 0;
    for (int i = 0; i < count; i++) {
      FloatVector v = fromMemorySegment(SPECIES, a, ao, ORDER);
      s0 = v.fma(broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo)), s0);
      s1 = v.fma(broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b1)), s1);
      s2 = v.fma(broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b2)), s2);
      s3 = v.fma(broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b3)), s3);
      s4 = v.fma(broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b4)), s4);
      s5 = v.fma(broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b5)), s5);
      s6 = v.fma(broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b6)), s6);
      s7 = v.fma(broadcast(SPECIES, b.get(JAVA_FLOAT_UNALIGNED, bo + b7)), s7);
      ao += aStride;
      bo += bStride;
    }
    for (int t = 0; t < columns; t++) {
      FloatVector sum = s0;
      if (mode == ADD) {
        sum = fromMemorySegment(SPECIES, base, baseFirst + t * baseStep, ORDER).add(sum);
      }
      sum.intoMemorySegment(result, resultFirst + t * resultStep, ORDER);
      s0 = s1;
      s1 = s2;
      s2 = s3;
      s3 = s4;
      s4 = s5;
      s5 = s6;
      s6 = s7;
    }
  }
}
