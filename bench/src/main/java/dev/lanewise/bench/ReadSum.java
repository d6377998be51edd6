// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The yardstick: what it takes to read X once, by adding it all up with the widest vectors. No pass
 * over X can be much faster.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1)
public class ReadSum {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int VECTOR = SPECIES.vectorByteSize();
  // Enough running sums to hide the latency of an addition.
  private static final int STEP = 8 * VECTOR;

  // Columns that are added up before their sums are folded: short ones would else be mostly fold.
  private static final int GROUP_BYTES = 1 << 18;

  /** Features and samples. */
  @Param(Shape.TUTORIAL)
  public String shape;

  /** How X lies in memory. */
  @Param(Storage.DEFAULT)
  public String storage;

  /** How many threads read, each its share of the samples. */
  @Param("1")
  public int threads;

  private Dataset data;
  private FloatMatrix x;
  private int group;
  private Crew crew;
  private double[] sums;

  /** Called by JMH. */
  public ReadSum() {}

  /** Makes the problem, and verifies its result. */
  @Setup
  public void setUp() {
    prepare(Storage.of(storage).dataset(Shape.of(shape)));
  }

  /**
   * Verifies the result.
   *
   * @param problem the samples; stay the caller's
   */
  public void prepare(Dataset problem) {
    data = problem;
    x = Pixels.floats(data);
    group = Math.clamp(GROUP_BYTES / (x.stride() * Float.BYTES), 1, x.columns());
    crew = new Crew(threads);
    sums = new double[threads];
    verify();
  }

  private void verify() {
    double expected = 0;
    for (int j = 0; j < x.columns(); j++) {
      for (float pixel : x.column(j)) {
        expected += pixel;
      }
    }
    // The running sums of a group in float, then the sums of all groups in double.
    double bound = ((double) x.paddedRows() * group + 1) * Verify.ROUNDING * expected;
    Verify.close("the sum of X", expected, readSum(), bound);
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    release();
    data.close();
  }

  /** Lets the threads go. */
  public void release() {
    crew.close();
  }

  /**
   * What is timed.
   *
   * @return the sum of X
   */
  @Benchmark
  public double readSum() {
    crew.run(this::share);
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum;
  }

  private void share(int member) {
    int to = first(member + 1);
    double sum = 0;
    for (int j = first(member); j < to; j += group) {
      sum += columns(x, j, Math.min(to, j + group));
    }
    sums[member] = sum;
  }

  private int first(int member) {
    return (int) ((long) x.columns() * member / threads);
  }

  private static float columns(FloatMatrix x, int from, int to) {
    MemorySegment xs = x.segment();
    int bytes = x.paddedRows() * Float.BYTES;
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int j = from; j < to; j++) {
      long offset = x.columnOffset(j);
      int i = 0;
      for (; i <= bytes - STEP; i += STEP) {
        s0 = s0.add(load(xs, offset + i));
        s1 = s1.add(load(xs, offset + i + VECTOR));
        s2 = s2.add(load(xs, offset + i + 2 * VECTOR));
        s3 = s3.add(load(xs, offset + i + 3 * VECTOR));
        s4 = s4.add(load(xs, offset + i + 4 * VECTOR));
        s5 = s5.add(load(xs, offset + i + 5 * VECTOR));
        s6 = s6.add(load(xs, offset + i + 6 * VECTOR));
        s7 = s7.add(load(xs, offset + i + 7 * VECTOR));
      }
      for (; i < bytes; i += VECTOR) {
        s0 = s0.add(load(xs, offset + i));
      }
    }
    FloatVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
    // Its bits matter to nobody: this is no kernel.
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static FloatVector load(MemorySegment segment, long offset) {
    return FloatVector.fromMemorySegment(SPECIES, segment, offset, ByteOrder.nativeOrder());
  }
}
