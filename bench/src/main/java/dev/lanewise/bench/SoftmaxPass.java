// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A pass of softmax regression: the outputs, errors and losses of all classes and the terms of the
 * gradient, block after block, without the tree that adds up blocks.
 */
public class SoftmaxPass extends KernelBenchmark {

  /** Rows of G that the reference computes. */
  private static final int SOME = 16;

  /** Features and samples. */
  @Param("784x8192")
  public String shape;

  /** How many classes there are. */
  @Param("10")
  public int classes;

  private Kernels kernels;
  private Arena arena;
  private Dataset data;
  private FloatMatrix x;
  private FloatMatrix y;
  private FloatMatrix w;
  private FloatMatrix bias;
  private FloatMatrix losses;
  private FloatMatrix z;
  private FloatMatrix e;
  private FloatMatrix g;

  /** Called by JMH. */
  public SoftmaxPass() {}

  /** Makes the problem, and verifies its result. */
  @Setup
  public void setUp() {
    kernels = timed();
    arena = Arena.ofShared();
    data = Pixels.floats(Shape.of(shape));
    x = Pixels.floats(data);
    int m = x.columns();
    y = FloatMatrix.allocate(arena, m, 1);
    losses = FloatMatrix.allocate(arena, m, 1);
    z = FloatMatrix.allocate(arena, m, classes);
    e = FloatMatrix.allocate(arena, m, classes);
    w = FloatMatrix.allocate(arena, x.rows(), classes);
    g = FloatMatrix.allocate(arena, x.rows(), classes);
    bias = FloatMatrix.allocate(arena, classes, 1);
    for (int j = 0; j < m; j++) {
      y.set(j, 0, j % classes);
    }
    for (int k = 0; k < classes; k++) {
      bias.set(k, 0, k * 0.125f);
      w.setColumn(k, Pixels.column(arena, x.rows(), 0.01f * k).column(0));
    }
    verify();
  }

  private void verify() {
    int m = x.columns();
    softmaxPass();
    FloatMatrix timed = z;
    FloatMatrix timedSums = g;
    float[] timedLosses = losses.column(0);
    z = FloatMatrix.allocate(arena, m, classes);
    g = FloatMatrix.allocate(arena, x.rows(), classes);
    blocks(counterpart());
    Verify.sameBits("losses", timedLosses, losses.column(0));
    for (int k = 0; k < classes; k++) {
      Verify.sameBits("z", timed.column(k), z.column(k));
      Verify.sameBits("g", timedSums.column(k), g.column(k));
    }

    int[] rows = Verify.some(x.rows(), SOME);
    double[][] sums = new double[classes][rows.length];
    double[] errors = new double[classes];
    for (int j = 0; j < m; j++) {
      double total = 0;
      for (int k = 0; k < classes; k++) {
        total += Math.exp(z.get(j, k));
      }
      float[] sample = x.column(j);
      for (int k = 0; k < classes; k++) {
        double error = Math.exp(z.get(j, k)) / total - (k == j % classes ? 1 : 0);
        errors[k] += Math.abs(error);
        for (int r = 0; r < rows.length; r++) {
          sums[k][r] += error * sample[rows[r]];
        }
      }
      double loss = Math.log(total) - z.get(j, j % classes);
      Verify.close("loss " + j, loss, losses.get(j, 0), 1e-6 * (1 + Math.abs(loss)));
    }
    for (int k = 0; k < classes; k++) {
      // Some roundings of each e_jk and m fused multiply-adds; no pixel is above 1.
      double bound = (m + 20 + classes) * Verify.ROUNDING * errors[k];
      for (int r = 0; r < rows.length; r++) {
        Verify.close("g " + rows[r] + " " + k, sums[k][r], g.get(rows[r], k), bound);
      }
    }
  }

  private void blocks(Kernels some) {
    g.clear();
    for (int j = 0, end; j < x.columns(); j = end) {
      end = Math.min(x.columns() - j, Hessian.BLOCK) + j;
      some.forward(x, j, end, w, bias, z);
      some.softmax(z, y, j, end, e, losses);
      some.gradient(x, j, end, e, g);
    }
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    arena.close();
    data.close();
  }

  /**
   * What is timed.
   *
   * @return the terms of the gradient
   */
  @Benchmark
  public FloatMatrix softmaxPass() {
    blocks(kernels);
    return g;
  }
}
