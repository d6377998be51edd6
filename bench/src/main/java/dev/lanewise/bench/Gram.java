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

/** X'X of all samples. It counts as m * m / 2 * d multiply-adds, for {@link FmaPeak}. */
public class Gram extends KernelBenchmark {

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
  private FloatMatrix g;
  private FloatMatrix scratch;

  /** Called by JMH. */
  public Gram() {}

  /** Makes the problem, and verifies its result. */
  @Setup
  public void setUp() {
    kernels = timed();
    arena = Arena.ofShared();
    data = Pixels.dataset(d, m);
    x = Pixels.floats(data);
    g = FloatMatrix.allocate(arena, m, m);
    scratch = FloatMatrix.allocate(arena, FloatMatrix.LANES, Kernels.GRAM_SCRATCH);
    verify();
  }

  private void verify() {
    gram();
    FloatMatrix others = FloatMatrix.allocate(arena, m, m);
    fill(counterpart(), others);
    double[][] samples = Samples.of(data);
    // The chain of a section, the sum of the sections, four additions of the fold.
    int sections = (d - 1) / Kernels.GRAM_SECTION + 1;
    int chain = Math.min(x.paddedRows(), Kernels.GRAM_SECTION) / FloatMatrix.LANES;
    double roundings = chain + sections + 4;
    for (int k = 0; k < m; k++) {
      Verify.sameBits("g", g.column(k), others.column(k));
      // A neuron whose weights are a sample, without a bias, computes products. None is negative.
      Neuron sample = new Neuron(samples[k], 0);
      for (int j = 0; j < m; j++) {
        double expected = sample.z(samples[j]);
        double bound = roundings * Verify.ROUNDING * expected;
        Verify.close("g " + j + " " + k, expected, g.get(j, k), bound);
      }
    }
  }

  private void fill(Kernels some, FloatMatrix products) {
    for (int k = 0; k < m; k += Kernels.GRAM_TILE) {
      for (int j = k; j < m; j += Kernels.GRAM_TILE) {
        some.gram(x, j, end(j), k, end(k), products, scratch);
      }
    }
  }

  private int end(int from) {
    return Math.min(from + Kernels.GRAM_TILE, m);
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
   * @return G
   */
  @Benchmark
  public FloatMatrix gram() {
    fill(kernels, g);
    return g;
  }
}
