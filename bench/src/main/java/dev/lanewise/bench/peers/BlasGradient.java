package dev.lanewise.bench.peers;

import dev.lanewise.bench.Pixels;
import dev.lanewise.bench.Verify;
import dev.lanewise.data.Dataset;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import dev.ludovic.netlib.blas.BLAS;
import java.lang.foreign.Arena;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Equation (6) by BLAS, not yet divided by m; beside {@link dev.lanewise.bench.Gradient}. */
public class BlasGradient extends BlasBenchmark {

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
    e = new float[m];
    g = new float[d];
    try (Arena arena = Arena.ofConfined();
        Dataset data = Pixels.dataset(d, m)) {
      stride = Pixels.floats(data).stride();
      x = onHeap(data);
      double[][] samples = Samples.of(data);
      int[] labels = data.labels();
      float[] column = Pixels.column(arena, d, 0.01f).column(0);
      double[] weights = new double[d];
      for (int i = 0; i < d; i++) {
        weights[i] = column[i];
      }
      Neuron neuron = new Neuron(weights, 0);
      double errors = 0;
      for (int j = 0; j < m; j++) {
        double error = neuron.output(samples[j]) - labels[j];
        e[j] = (float) error;
        errors += Math.abs(error);
      }
      double[] dw = neuron.dw(samples, labels);
      // One rounding of each e_j, then a product and an addition for each; no pixel is above 1.
      double bound = (m + 2) * Verify.ROUNDING * errors;
      verify(dw, gradientSgemv(), bound);
      verify(dw, gradientSaxpy(), bound);
    }
  }

  private void verify(double[] dw, float[] result, double bound) {
    for (int i = 0; i < d; i++) {
      Verify.close("g " + i, m * dw[i], result[i], bound);
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
