// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * X D X' of all samples, block after block, without the tree that adds up blocks. It counts as d *
 * d / 2 * m multiply-adds, for {@link FmaPeak} of the transposed shape.
 */
public class Hessian extends KernelBenchmark {

  /** Samples in a block of training. */
  static final int BLOCK = 256;

  /** Rows and columns of H that the reference computes. */
  private static final int SOME = 24;

  /** Features and samples. */
  @Param("784x8192")
  public String shape;

  private Kernels kernels;
  private Arena arena;
  private Dataset data;
  private FloatMatrix x;
  private FloatMatrix curvatures;
  private FloatMatrix h;
  private FloatMatrix scratch;

  /** Called by JMH. */
  public Hessian() {}

  /** Makes the problem, and verifies its result. */
  @Setup
  public void setUp() {
    kernels = timed();
    arena = Arena.ofShared();
    data = Pixels.floats(Shape.of(shape));
    x = Pixels.floats(data);
    curvatures = FloatMatrix.allocate(arena, x.columns(), 1);
    h = FloatMatrix.allocate(arena, x.rows(), x.rows());
    scratch = kernels.outerScratch(Workspace.of(arena));
    verify();
  }

  private void verify() {
    FloatMatrix z = FloatMatrix.allocate(arena, x.columns(), 1);
    FloatMatrix w = Pixels.column(arena, x.rows(), 0.01f);
    kernels.forward(x, 0, x.columns(), w, FloatMatrix.vector(arena, 0.125f), z);
    kernels.curvature(z, 0, x.columns(), curvatures);

    hessian();
    FloatMatrix others = FloatMatrix.allocate(arena, x.rows(), x.rows());
    blocks(counterpart(), others, counterpart().outerScratch(Workspace.of(arena)));
    for (int k = 0; k < x.rows(); k++) {
      Verify.sameBits("h", h.column(k), others.column(k));
    }

    double[] ds = Verify.doubles(curvatures.column(0));
    int[] some = Verify.some(x.rows(), SOME);
    double[][] expected = new double[some.length][some.length];
    for (int j = 0; j < x.columns(); j++) {
      float[] sample = x.column(j);
      for (int r = 0; r < some.length; r++) {
        for (int c = 0; c <= r; c++) {
          expected[r][c] += ds[j] * sample[some[r]] * sample[some[c]];
        }
      }
    }
    for (int r = 0; r < some.length; r++) {
      for (int c = 0; c <= r; c++) {
        // One rounding of each product, m fused multiply-adds; nothing is negative.
        double bound = (x.columns() + 1) * Verify.ROUNDING * expected[r][c];
        String what = "h " + some[r] + " " + some[c];
        Verify.close(what, expected[r][c], h.get(some[r], some[c]), bound);
      }
    }
  }

  private void blocks(Kernels some, FloatMatrix sums, FloatMatrix room) {
    int d = x.rows();
    for (int j = 0, end; j < x.columns(); j = end) {
      end = Math.min(x.columns() - j, BLOCK) + j;
      some.outer(x, j, end, curvatures, 0, x.paddedRows(), 0, d, sums, room);
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
   * @return H at and below the diagonal
   */
  @Benchmark
  public FloatMatrix hessian() {
    h.clear();
    blocks(kernels, h, scratch);
    return h;
  }
}
