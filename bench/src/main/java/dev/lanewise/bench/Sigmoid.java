// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.reference.Neuron;
import java.lang.foreign.Arena;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Equation (2) for all samples: a_j = g(z_j). */
public class Sigmoid extends KernelBenchmark {

  /** Wide enough for outputs that round to 1, and narrow enough for few that round to 0. */
  private static final float LARGEST_Z = 20f;

  /** What the contract allows, in units in the last place. */
  private static final int ULPS = 2;

  /** The samples. */
  @Param("209")
  public int m;

  private Kernels kernels;
  private Arena arena;
  private FloatMatrix z;
  private FloatMatrix a;

  /** Called by JMH. */
  public Sigmoid() {}

  /** Makes the problem, and verifies its result. */
  @Setup
  public void setUp() {
    kernels = timed();
    arena = Arena.ofShared();
    z = Pixels.column(arena, m, LARGEST_Z);
    a = FloatMatrix.allocate(arena, m, 1);
    verify();
  }

  private void verify() {
    sigmoid();
    FloatMatrix others = FloatMatrix.allocate(arena, m, 1);
    counterpart().sigmoid(z, 0, m, others);
    Verify.sameBits("a", a, others);

    for (int j = 0; j < m; j++) {
      // Rounded as the contract compares; the bits of positive floats count units in the last
      // place.
      float expected = (float) Neuron.sigmoid(z.get(j, 0));
      int distance = Float.floatToIntBits(a.get(j, 0)) - Float.floatToIntBits(expected);
      Verify.close("the distance of a " + j + " in ULP", 0, distance, ULPS);
    }
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    arena.close();
  }

  /**
   * What is timed.
   *
   * @return a
   */
  @Benchmark
  public FloatMatrix sigmoid() {
    kernels.sigmoid(z, 0, m, a);
    return a;
  }
}
