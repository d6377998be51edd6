// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** X'X of all samples. It counts as m * m / 2 * d multiply-adds, for {@link FmaPeak}. */
public class Gram extends KernelBenchmark {

  /** Features and samples. */
  @Param(Shape.TUTORIAL)
  public String shape;

  /** How many threads compute. */
  @Param("1")
  public int threads;

  private Kernels kernels;
  private Arena arena;
  private Dataset data;
  private FloatMatrix x;
  private FloatMatrix g;
  private FloatMatrix[] scratch;
  private Crew crew;
  private final AtomicInteger next = new AtomicInteger();

  /** Called by JMH. */
  public Gram() {}

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
    g = FloatMatrix.allocate(arena, x.columns(), x.columns());
    crew = new Crew(threads);
    scratch = new FloatMatrix[threads];
    for (int member = 0; member < threads; member++) {
      scratch[member] = kernels.gramScratch(Workspace.of(arena));
    }
    verify();
  }

  private void verify() {
    gram();
    FloatMatrix others = FloatMatrix.allocate(arena, x.columns(), x.columns());
    FloatMatrix room = counterpart().gramScratch(Workspace.of(arena));
    for (int k = 0; k < x.columns(); k += Kernels.GRAM_SIDE) {
      column(counterpart(), k, others, room);
    }
    double[][] samples = Samples.of(data);
    // The chain of a section, the sum of the sections, four additions of the fold.
    int sections = (x.rows() - 1) / Kernels.GRAM_SECTION + 1;
    int chain = Math.min(x.paddedRows(), Kernels.GRAM_SECTION) / FloatMatrix.LANES;
    double roundings = chain + sections + 4;
    for (int k = 0; k < x.columns(); k++) {
      Verify.sameBits("g", g.column(k), others.column(k));
      // A neuron whose weights are a sample, without a bias, computes products. None is negative.
      Neuron sample = new Neuron(samples[k], 0);
      for (int j = 0; j < x.columns(); j++) {
        double expected = sample.z(samples[j]);
        double bound = roundings * Verify.ROUNDING * expected;
        Verify.close("g " + j + " " + k, expected, g.get(j, k), bound);
      }
    }
  }

  // As the gram engine does: columns of rectangles as they are free.
  private void columns(int member) {
    int step = Kernels.GRAM_SIDE;
    for (int k = next.getAndAdd(step); k < x.columns(); k = next.getAndAdd(step)) {
      column(kernels, k, g, scratch[member]);
    }
  }

  private void column(Kernels some, int k, FloatMatrix products, FloatMatrix room) {
    for (int j = k; j < x.columns(); j += Kernels.GRAM_SIDE) {
      some.gram(x, j, end(j), k, end(k), products, room);
    }
  }

  private int end(int from) {
    return Math.min(from + Kernels.GRAM_SIDE, x.columns());
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    release();
    data.close();
  }

  /** Frees all memory but the problem's. */
  public void release() {
    crew.close();
    arena.close();
  }

  /**
   * What is timed.
   *
   * @return G
   */
  @Benchmark
  public FloatMatrix gram() {
    next.set(0);
    crew.run(this::columns);
    return g;
  }
}
