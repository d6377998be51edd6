// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static dev.lanewise.kernel.simd.Lanes.PARTS;
import static dev.lanewise.kernel.simd.Lanes.SPECIES;
import static dev.lanewise.kernel.simd.Lanes.WIDTH;

import dev.lanewise.matrix.FloatMatrix;
import jdk.incubator.vector.FloatVector;

/** Rule 2 for one sample on arrays, four outputs at a time: their chains hide the latency. */
final class SimdRows {

  private static final int LINE = FloatMatrix.LANES;

  private SimdRows() {}

  static void outputs(float[] x, float[][] w, int n, float[] biases, float[] z) {
    int k = 0;
    if (PARTS <= 2) {
      for (; k + 4 <= z.length; k += 4) {
        four(x, w, k, n, biases, z);
      }
    }
    for (; k < z.length; k++) {
      z[k] = one(x, w[k], n) + biases[k];
    }
  }

  private static float one(float[] x, float[] w, int n) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    for (int i = 0; i < n; i += LINE) {
      s0 = multiplyAdd(x, w, i, s0);
      if (PARTS >= 2) {
        s1 = multiplyAdd(x, w, i + WIDTH, s1);
      }
      if (PARTS == 4) {
        s2 = multiplyAdd(x, w, i + 2 * WIDTH, s2);
        s3 = multiplyAdd(x, w, i + 3 * WIDTH, s3);
      }
    }
    if (PARTS == 4) {
      return Lanes.fold(s0.add(s2).add(s1.add(s3)));
    }
    return Lanes.fold(PARTS == 2 ? s0.add(s1) : s0);
  }

  private static FloatVector multiplyAdd(float[] x, float[] w, int i, FloatVector sum) {
    return FloatVector.fromArray(SPECIES, x, i).fma(FloatVector.fromArray(SPECIES, w, i), sum);
  }

  private static void four(float[] x, float[][] w, int k, int n, float[] biases, float[] z) {
    float[] w0 = w[k];
    float[] w1 = w[k + 1];
    float[] w2 = w[k + 2];
    float[] w3 = w[k + 3];
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector t0 = FloatVector.zero(SPECIES);
    FloatVector t1 = FloatVector.zero(SPECIES);
    FloatVector t2 = FloatVector.zero(SPECIES);
    FloatVector t3 = FloatVector.zero(SPECIES);
    for (int i = 0; i < n; i += LINE) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, i);
      s0 = v.fma(FloatVector.fromArray(SPECIES, w0, i), s0);
      s1 = v.fma(FloatVector.fromArray(SPECIES, w1, i), s1);
      s2 = v.fma(FloatVector.fromArray(SPECIES, w2, i), s2);
      s3 = v.fma(FloatVector.fromArray(SPECIES, w3, i), s3);
      if (PARTS == 2) {
        int o = i + WIDTH;
        FloatVector u = FloatVector.fromArray(SPECIES, x, o);
        t0 = u.fma(FloatVector.fromArray(SPECIES, w0, o), t0);
        t1 = u.fma(FloatVector.fromArray(SPECIES, w1, o), t1);
        t2 = u.fma(FloatVector.fromArray(SPECIES, w2, o), t2);
        t3 = u.fma(FloatVector.fromArray(SPECIES, w3, o), t3);
      }
    }
    z[k] = Lanes.fold(PARTS == 2 ? s0.add(t0) : s0) + biases[k];
    z[k + 1] = Lanes.fold(PARTS == 2 ? s1.add(t1) : s1) + biases[k + 1];
    z[k + 2] = Lanes.fold(PARTS == 2 ? s2.add(t2) : s2) + biases[k + 2];
    z[k + 3] = Lanes.fold(PARTS == 2 ? s3.add(t3) : s3) + biases[k + 3];
  }
}
