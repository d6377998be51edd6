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

  /** The features of a sample. */
  @Param("12288")
  public int d;

  /** The samples. */
  @Param("209")
  public int m;

  private Dataset data;
  private FloatMatrix x;

  /** Called by JMH. */
  public ReadSum() {}

  /** Makes the problem, and verifies its result. */
  @Setup
  public void setUp() {
    data = Pixels.dataset(d, m);
    x = Pixels.floats(data);
    verify();
  }

  private void verify() {
    double expected = 0;
    for (int j = 0; j < m; j++) {
      for (float pixel : x.column(j)) {
        expected += pixel;
      }
    }
    // A running sum of one column, then the sums of all columns.
    double bound = (x.paddedRows() + m) * Verify.ROUNDING * expected;
    Verify.close("the sum of X", expected, readSum(), bound);
  }

  /** Frees the memory. */
  @TearDown
  public void tearDown() {
    data.close();
  }

  /**
   * What is timed.
   *
   * @return the sum of X
   */
  @Benchmark
  public float readSum() {
    float sum = 0;
    for (int j = 0; j < m; j++) {
      sum += column(x.segment(), x.columnOffset(j), x.paddedRows() * Float.BYTES);
    }
    return sum;
  }

  private static float column(MemorySegment xs, long offset, int bytes) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
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
    FloatVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
    // Its bits matter to nobody: this is no kernel.
    return sum.reduceLanes(VectorOperators.ADD);
  }

  private static FloatVector load(MemorySegment segment, long offset) {
    return FloatVector.fromMemorySegment(SPECIES, segment, offset, ByteOrder.nativeOrder());
  }
}
