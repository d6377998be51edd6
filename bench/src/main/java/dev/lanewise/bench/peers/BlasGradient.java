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

/** Equation (6) by BLAS, not yet divided by m; beside {@link dev.lanewise.bench.Gradient}. */
public class BlasGradient extends BlasBenchmark {

  /** How many features are verified. */
  private static final int SOME = 1000;

  private BLAS library;
  private int stride;
  private float[] x;
  private float[] e;
  private float[] g;

  /** Called by JMH. */
  public BlasGradient() {}

  /** Makes the problem, and verifies both results. */
  @Setup
  public void setUp() {
    library = timed();
    try (Arena arena = Arena.ofConfined();
        Dataset data = problem()) {
      e = new float[m];
      g = new float[d];
      stride = Pixels.floats(data).stride();
      x = onHeap(data);
      int[] labels = data.labels();
      Neuron neuron = new Neuron(Verify.doubles(Pixels.column(arena, d, 0.01f).column(0)), 0);
      int[] rows = Verify.some(d, SOME);
      double[] dw = new double[rows.length];
      double errors = 0;
      for (int j = 0; j < m; j++) {
        double[] sample = Verify.doubles(data.features().column(j));
        double error = neuron.output(sample) - labels[j];
        e[j] = (float) error;
        errors += Math.abs(error);
        for (int r = 0; r < rows.length; r++) {
          dw[r] += error * sample[rows[r]];
        }
      }
      // One rounding of each e_j, then a product and an addition for each; no pixel is above 1.
      double bound = (m + 2) * Verify.ROUNDING * errors;
      verify(rows, dw, gradientSgemv(), bound);
      verify(rows, dw, gradientSaxpy(), bound);
    }
  }

  private static void verify(int[] rows, double[] dw, float[] result, double bound) {
    for (int r = 0; r < rows.length; r++) {
      Verify.close("g " + rows[r], dw[r], result[rows[r]], bound);
    }
    Arrays.fill(result, 1f);
  }

  /**
   * One call for all samples.
   *
   * @return g
   */
  @Benchmark
  public float[] gradientSgemv() {
    library.sgemv("N", d, m, 1f, x, stride, e, 1, 0f, g, 1);
    return g;
  }

  /**
   * One call a sample.
   *
   * @return g
   */
  @Benchmark
  public float[] gradientSaxpy() {
    Arrays.fill(g, 0f);
    for (int j = 0; j < m; j++) {
      library.saxpy(d, e[j], x, j * stride, 1, g, 0, 1);
    }
    return g;
  }
}
