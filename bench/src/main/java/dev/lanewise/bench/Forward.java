// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.reference.Neuron;
import java.lang.foreign.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Equation (1) for all samples: z_j = w . x_j + b. */
public class Forward extends KernelBenchmark {

  private static final float BIAS = 0.125f;

  /** How many outputs of a large problem are verified. */
  private static final int SOME = 1000;

  /** Features and samples. */
  @Param(Shape.TUTORIAL)
  public String shape;

  private Kernels kernels;
  private Arena arena;
  private Dataset data;
  private FloatMatrix x;
  private FloatMatrix w;
  private FloatMatrix bias;
  private FloatMatrix z;

  /** Called by JMH. */
  public Forward() {}

  /** Makes the problem, and verifies its result. */
  @Setup
  public void setUp() {
    prepare(Pixels.floats(Shape.of(shape)));
  }

  /**
   * Verifies the result.
   *
   * @param problem the samples; stay the caller's
   */
  public void prepare(Dataset problem) {
    kernels = timed();
    arena = Arena.ofShared();
    data = problem;
    x = Pixels.floats(data);
    w = Pixels.column(arena, x.rows(), 0.01f);
    bias = FloatMatrix.vector(arena, BIAS);
    z = FloatMatrix.allocate(arena, x.columns(), 1);
    verify();
  }

  private void verify() {
    forward();
    FloatMatrix others = FloatMatrix.allocate(arena, x.columns(), 1);
    counterpart().forward(x, 0, x.columns(), w, bias, others);
    Verify.sameBits("z", z, others);

    double[] weights = Verify.doubles(w.column(0));
    double[] magnitudes = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      magnitudes[i] = Math.abs(weights[i]);
    }
    Neuron neuron = new Neuron(weights, BIAS);
    // As pixels are not negative, its z is the sum of |w_i x_i| that the error bound needs.
    Neuron sizes = new Neuron(magnitudes, BIAS);
    // A lane's fused multiply-adds, four additions of the fold, one of the bias.
    int roundings = x.paddedRows() / FloatMatrix.LANES + 5;
    boolean large = new Shape(x.rows(), x.columns()).isLarge();
    for (int j : Verify.some(x.columns(), large ? SOME : x.columns())) {
      double[] sample = Verify.doubles(x.column(j));
      double bound = roundings * Verify.ROUNDING * sizes.z(sample);
      Verify.close("z " + j, neuron.z(sample), z.get(j, 0), bound);
    }
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    release();
    data.close();
  }

  /** Frees all memory but the problem's. */
  public void release() {
    arena.close();
  }

  /**
   * What is timed.
   *
   * @return z
   */
  @Benchmark
  public FloatMatrix forward() {
    kernels.forward(x, 0, x.columns(), w, bias, z);
    return z;
  }
}
