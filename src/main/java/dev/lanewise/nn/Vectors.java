// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;

/**
 * Sums over float32 vectors in double: 16 lanes, of which lane l takes the elements i with i mod 16
 * = l in ascending i by fused multiply-add from +0, then the fold of rule 2. A matrix is the sum of
 * its columns, ascending.
 */
public final class Vectors {

  private static final int LANES = FloatMatrix.LANES;

  private Vectors() {}

  /**
   * The inner product.
   *
   * @param a d x K
   * @param b d x K
   * @return the sum of a_ik b_ik
   */
  public static double dot(FloatMatrix a, FloatMatrix b) {
    double sum = 0;
    for (int column = 0; column < a.columns(); column++) {
      sum +=
          dot(
              a.segment(),
              a.columnOffset(column),
              b.segment(),
              b.columnOffset(column),
              a.paddedRows());
    }
    return sum;
  }

  private static double dot(
      MemorySegment a, long aOffset, MemorySegment b, long bOffset, int paddedRows) {
    double[] lanes = new double[LANES];
    for (int i = 0; i < paddedRows; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        long offset = (long) (i + lane) * Float.BYTES;
        lanes[lane] =
            Math.fma(
                (double) a.get(JAVA_FLOAT, aOffset + offset),
                (double) b.get(JAVA_FLOAT, bOffset + offset),
                lanes[lane]);
      }
    }
    return fold(lanes);
  }

  /**
   * The sum of the absolute values.
   *
   * @param a d x K
   * @return the sum of |a_ik|
   */
  public static double sumOfSizes(FloatMatrix a) {
    double sum = 0;
    MemorySegment segment = a.segment();
    for (int column = 0; column < a.columns(); column++) {
      double[] lanes = new double[LANES];
      for (int i = 0; i < a.paddedRows(); i += LANES) {
        for (int lane = 0; lane < LANES; lane++) {
          long offset = a.columnOffset(column) + (long) (i + lane) * Float.BYTES;
          lanes[lane] += Math.abs((double) segment.get(JAVA_FLOAT, offset));
        }
      }
      sum += fold(lanes);
    }
    return sum;
  }

  /**
   * The largest absolute value.
   *
   * @param a d x K
   * @return the largest |a_ik|; NaN if an element is
   */
  public static double largest(FloatMatrix a) {
    MemorySegment segment = a.segment();
    double largest = 0;
    for (int column = 0; column < a.columns(); column++) {
      long first = a.columnOffset(column);
      for (int i = 0; i < a.rows(); i++) {
        float element = segment.get(JAVA_FLOAT, first + (long) i * Float.BYTES);
        largest = Math.max(largest, Math.abs((double) element));
      }
    }
    return largest;
  }

  /**
   * Whether all elements are finite. Allocates nothing, so that it may be asked between iterations.
   *
   * @param a d x K
   * @return false if one is infinite or NaN
   */
  public static boolean isFinite(FloatMatrix a) {
    MemorySegment segment = a.segment();
    for (int column = 0; column < a.columns(); column++) {
      long first = a.columnOffset(column);
      for (int i = 0; i < a.rows(); i++) {
        if (!Float.isFinite(segment.get(JAVA_FLOAT, first + (long) i * Float.BYTES))) {
          return false;
        }
      }
    }
    return true;
  }

  private static double fold(double[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }
}
