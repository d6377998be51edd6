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

/** Equation (6) for all samples, before its division by m: g = sum of e_j x_j. */
public class Gradient extends KernelBenchmark {

  /** How many features of a large problem are verified. */
  private static final int SOME = 16;

  /** Features and samples. */
  @Param(Shape.TUTORIAL)
  public String shape;

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
    e = FloatMatrix.allocate(arena, x.columns(), 1);
    g = FloatMatrix.allocate(arena, x.rows(), 1);
    verify();
  }

  private void verify() {
    Neuron neuron = new Neuron(Verify.doubles(Pixels.column(arena, x.rows(), 0.01f).column(0)), 0);
    int[] labels = data.labels();
    boolean large = new Shape(x.rows(), x.columns()).isLarge();
    int[] rows = Verify.some(x.rows(), large ? SOME : x.rows());
    double[] dw = new double[rows.length];
    double errors = 0;
    for (int j = 0; j < x.columns(); j++) {
      double[] sample = Verify.doubles(x.column(j));
      double error = neuron.output(sample) - labels[j];
      e.set(j, 0, (float) error);
      errors += Math.abs(error);
      for (int r = 0; r < rows.length; r++) {
        dw[r] += error * sample[rows[r]];
      }
    }

    gradient();
    FloatMatrix others = FloatMatrix.allocate(arena, x.rows(), 1);
    counterpart().gradient(x, 0, x.columns(), e, others);
    Verify.sameBits("g", g, others);

    // One rounding of each e_j and m fused multiply-adds; no pixel is above 1.
    double bound = (x.columns() + 1) * Verify.ROUNDING * errors;
    for (int r = 0; r < rows.length; r++) {
      Verify.close("g " + rows[r], dw[r], g.get(rows[r], 0), bound);
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
   * What is timed; a block of training starts from +0 too.
   *
   * @return g
   */
  @Benchmark
  public FloatMatrix gradient() {
    g.clear();
    kernels.gradient(x, 0, x.columns(), e, g);
    return g;
  }
}
