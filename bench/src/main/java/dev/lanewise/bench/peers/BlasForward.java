// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import dev.lanewise.bench.Pixels;
import dev.lanewise.bench.Verify;
import dev.lanewise.data.Dataset;
import dev.lanewise.reference.Neuron;
import dev.ludovic.netlib.blas.BLAS;
import java.lang.foreign.Arena;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Equation (1) for all samples by BLAS; beside {@link dev.lanewise.bench.Forward}. */
public class BlasForward extends BlasBenchmark {

  private static final float BIAS = 0.125f;

  /** How many outputs are verified. */
  private static final int SOME = 1000;

  private BLAS library;
  private int stride;
  private float[] x;
  private float[] w;
  private float[] z;

  /** Called by JMH. */
  public BlasForward() {}

  /** Makes the problem, and verifies both results. */
  @Setup
  public void setUp() {
    library = timed();
    try (Arena arena = Arena.ofConfined();
        Dataset data = problem()) {
      z = new float[m];
      stride = Pixels.floats(data).stride();
      x = onHeap(data);
      w = Pixels.column(arena, d, 0.01f).column(0);
      verify(data, forwardSgemv());
      verify(data, forwardSdot());
    }
  }

  private void verify(Dataset data, float[] result) {
    double[] weights = Verify.doubles(w);
    double[] magnitudes = new double[d];
    for (int i = 0; i < d; i++) {
      magnitudes[i] = Math.abs(w[i]);
    }
    Neuron neuron = new Neuron(weights, BIAS);
    // As pixels are not negative, its z is the sum of |w_i x_i| that the error bound needs.
    Neuron sizes = new Neuron(magnitudes, BIAS);
    for (int j : Verify.some(m, SOME)) {
      double[] sample = Verify.doubles(data.features().column(j));
      // A product and an addition for each feature, in any order.
      double bound = (d + 1) * Verify.ROUNDING * sizes.z(sample);
      Verify.close("z " + j, neuron.z(sample), result[j], bound);
    }
    Arrays.fill(result, Float.NaN);
  }

  /**
   * One call for all samples.
   *
   * @return z
   */
  @Benchmark
  public float[] forwardSgemv() {
    Arrays.fill(z, BIAS);
    library.sgemv("T", d, m, 1f, x, stride, w, 1, 1f, z, 1);
    return z;
  }

  /**
   * One call a sample.
   *
   * @return z
   */
  @Benchmark
  public float[] forwardSdot() {
    for (int j = 0; j < m; j++) {
      z[j] = library.sdot(d, x, j * stride, 1, w, 0, 1) + BIAS;
    }
    return z;
  }
}
