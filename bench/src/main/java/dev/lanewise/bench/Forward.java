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

/** Equation (1) for all samples: z_j = w . x_j + b. */
public class Forward extends KernelBenchmark {

  private static final float BIAS = 0.125f;

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
  private FloatMatrix w;
  private FloatMatrix z;

  /** Called by JMH. */
  public Forward() {}

  /** Makes the problem, and verifies its result. */
  @Setup
  public void setUp() {
    kernels = timed();
    arena = Arena.ofShared();
    data = Pixels.dataset(d, m);
    x = Pixels.floats(data);
    w = Pixels.column(arena, d, 0.01f);
    z = FloatMatrix.allocate(arena, m, 1);
    verify();
  }

  private void verify() {
    forward();
    FloatMatrix others = FloatMatrix.allocate(arena, m, 1);
    counterpart().forward(x, 0, m, w, BIAS, others);
    Verify.sameBits("z", z, others);

    double[][] samples = Samples.of(data);
    double[] weights = new double[d];
    double[] magnitudes = new double[d];
    for (int i = 0; i < d; i++) {
      weights[i] = w.get(i, 0);
      magnitudes[i] = Math.abs(weights[i]);
    }
    Neuron neuron = new Neuron(weights, BIAS);
    // As pixels are not negative, its z is the sum of |w_i x_i| that the error bound needs.
    Neuron sizes = new Neuron(magnitudes, BIAS);
    // A lane's fused multiply-adds, four additions of the fold, one of the bias.
    int roundings = x.paddedRows() / FloatMatrix.LANES + 5;
    for (int j = 0; j < m; j++) {
      double bound = roundings * Verify.ROUNDING * sizes.z(samples[j]);
      Verify.close("z " + j, neuron.z(samples[j]), z.get(j, 0), bound);
    }
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    data.close();
    arena.close();
  }

  /**
   * What is timed.
   *
   * @return z
   */
  @Benchmark
  public FloatMatrix forward() {
    kernels.forward(x, 0, m, w, BIAS, z);
    return z;
  }
}
