package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import java.lang.foreign.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Equation (6) for all samples, before its division by m: g = sum of e_j x_j. */
public class Gradient extends KernelBenchmark {

  /** The features of a sample. */
  @Param("12288")
  public int d;

  /** The samples. */
  @Param("209")
  public int m;

  private Kernels kernels;
  private Arena arena;
  private Dataset data;
  private FloatMatrix x;
  private FloatMatrix e;
  private FloatMatrix g;

  /** Called by JMH. */
  public Gradient() {}

  /** Makes the problem, and verifies its result. */
  @Setup
  public void setUp() {
    kernels = timed();
    arena = Arena.ofShared();
    data = Pixels.dataset(d, m);
    x = Pixels.floats(data);
    e = FloatMatrix.allocate(arena, m, 1);
    g = FloatMatrix.allocate(arena, d, 1);
    verify();
  }

  private void verify() {
    Neuron neuron = new Neuron(weights(), 0);
    double[][] samples = Samples.of(data);
    int[] labels = data.labels();
    double errors = 0;
    for (int j = 0; j < m; j++) {
      double error = neuron.output(samples[j]) - labels[j];
      e.set(j, 0, (float) error);
      errors += Math.abs(error);
    }

    gradient();
    FloatMatrix others = FloatMatrix.allocate(arena, d, 1);
    counterpart().gradient(x, 0, m, e, others);
    Verify.sameBits("g", g, others);

    // One rounding of each e_j and m fused multiply-adds; no pixel is above 1.
    double bound = (m + 1) * Verify.ROUNDING * errors;
    double[] dw = neuron.dw(samples, labels);
    for (int i = 0; i < d; i++) {
      Verify.close("g " + i, m * dw[i], g.get(i, 0), bound);
    }
  }

  private double[] weights() {
    FloatMatrix column = Pixels.column(arena, d, 0.01f);
    double[] weights = new double[d];
    for (int i = 0; i < d; i++) {
      weights[i] = column.get(i, 0);
    }
    return weights;
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    data.close();
    arena.close();
  }

  /**
   * What is timed; a block of training starts from +0 too.
   *
   * @return g
   */
  @Benchmark
  public FloatMatrix gradient() {
    g.clear();
    kernels.gradient(x, 0, m, e, g);
    return g;
  }
}
