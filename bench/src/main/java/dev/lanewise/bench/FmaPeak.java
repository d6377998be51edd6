// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The yardstick of arithmetic: as many multiply-adds as {@link Gram} has, m * m / 2 * d, with the
 * widest vectors and from registers alone. No way to compute X'X can be much faster.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1)
public class FmaPeak {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  // Enough running sums to hide the latency of a multiply-add.
  private static final int SUMS = 12;

  /** Features and samples. */
  @Param(Shape.TUTORIAL)
  public String shape;

  private int rounds;
  private float factor = 0.5f;
  private float term = 0.5f;

  /** Called by JMH. */
  public FmaPeak() {}

  /** Counts the multiply-adds, and verifies the result. */
  @Setup
  public void setUp() {
    prepare(Shape.of(shape));
  }

  /**
   * Counts the multiply-adds, and verifies the result.
   *
   * @param problem features and samples
   */
  public void prepare(Shape problem) {
    prepare((long) problem.m() * problem.m() / 2 * problem.d());
  }

  /**
   * Takes as many multiply-adds, and verifies the result.
   *
   * @param multiplyAdds how many
   */
  public void prepare(long multiplyAdds) {
    rounds = Math.toIntExact(multiplyAdds / (SUMS * SPECIES.length()));
    // Each lane tends to, and in float soon reaches, term / (1 - factor) = 1.
    Verify.close("the sum of the lanes", SUMS * SPECIES.length(), fmaPeak(), 0);
  }

  /**
   * What is timed.
   *
   * @return the sum of all lanes
   */
  @Benchmark
  public float fmaPeak() {
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    FloatVector t = FloatVector.broadcast(SPECIES, term);
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    FloatVector s8 = s0;
    FloatVector s9 = s0;
    FloatVector s10 = s0;
    FloatVector s11 = s0;
    for (int i = 0; i < rounds; i++) {
      s0 = s0.fma(f, t);
      s1 = s1.fma(f, t);
      s2 = s2.fma(f, t);
      s3 = s3.fma(f, t);
      s4 = s4.fma(f, t);
      s5 = s5.fma(f, t);
      s6 = s6.fma(f, t);
      s7 = s7.fma(f, t);
      s8 = s8.fma(f, t);
      s9 = s9.fma(f, t);
      s10 = s10.fma(f, t);
      s11 = s11.fma(f, t);
    }
    FloatVector sum = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
    // Its bits matter to nobody: this is no kernel.
    return sum.add(s8.add(s9)).add(s10.add(s11)).reduceLanes(VectorOperators.ADD);
  }
}
