// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.matrix.FloatMatrix;

/** Softmax regression's functions of the z of one sample after the other, in scalar code. */
public final class ScalarSoftmax {

  private ScalarSoftmax() {}

  /**
   * {@link Kernels#softmax}.
   *
   * @param z m x K
   * @param y labels, 0 to K - 1 or -1, m x 1
   * @param from the first sample
   * @param to the sample after the last
   * @param e receives e_jk, m x K
   * @param losses receives L_j, m x 1
   */
  public static void softmax(
      FloatMatrix z, FloatMatrix y, int from, int to, FloatMatrix e, FloatMatrix losses) {
    for (int j = from; j < to; j++) {
      int label = (int) get(y, j, 0);
      float largest = get(z, j, 0);
      for (int k = 1; k < z.columns(); k++) {
        largest = Math.max(largest, get(z, j, k));
      }
      float sum = 0f;
      float others = 0f;
      for (int k = 0; k < z.columns(); k++) {
        float p = Functions.exp(get(z, j, k) - largest);
        sum += p;
        others += k == label ? 0f : p;
        set(e, j, k, p);
      }
      for (int k = 0; k < z.columns(); k++) {
        set(e, j, k, (k == label ? -others : get(e, j, k)) / sum);
      }
      float distance = largest - (label < 0 ? 0f : get(z, j, label));
      // Of a label with the largest z, the sum of the others is exact where the whole is nearly 1.
      float rest = distance == 0f ? others : sum - 1f;
      set(losses, j, 0, Functions.log1p(rest) + distance);
    }
  }

  /**
   * {@link Kernels#softmaxCurvature}.
   *
   * @param p probabilities, m x K
   * @param v m x K, overwritten
   * @param from the first sample
   * @param to the sample after the last
   */
  public static void curvature(FloatMatrix p, FloatMatrix v, int from, int to) {
    for (int j = from; j < to; j++) {
      float mean = 0f;
      for (int k = 0; k < v.columns(); k++) {
        mean = Math.fma(get(p, j, k), get(v, j, k), mean);
      }
      for (int k = 0; k < v.columns(); k++) {
        set(v, j, k, get(p, j, k) * (get(v, j, k) - mean));
      }
    }
  }

  private static float get(FloatMatrix matrix, int row, int column) {
    return matrix.segment().get(JAVA_FLOAT, offset(matrix, row, column));
  }

  private static void set(FloatMatrix matrix, int row, int column, float value) {
    matrix.segment().set(JAVA_FLOAT, offset(matrix, row, column), value);
  }

  private static long offset(FloatMatrix matrix, int row, int column) {
    return matrix.columnOffset(column) + (long) row * Float.BYTES;
  }
}
