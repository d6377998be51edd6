// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import dev.lanewise.bench.Pixels;
import dev.lanewise.bench.Shape;
import dev.lanewise.data.Dataset;
import dev.lanewise.matrix.FloatMatrix;
import dev.ludovic.netlib.blas.BLAS;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Netlib's BLAS on the problems of our own benchmarks, timed as they are.
 *
 * <p>X is column-major on the heap, because netlib takes nothing else, and its columns are as far
 * apart as ours, which spares it the conflicts in the cache that a power of two brings.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1)
public abstract class BlasBenchmark {

  /** Which implementation is timed. */
  @Param({BlasChoice.VECTOR, BlasChoice.JAVA})
  public String blas;

  /** Features and samples. */
  @Param(Shape.TUTORIAL)
  public String shape;

  /** The features of a sample. */
  int d;

  /** The samples. */
  int m;

  /** For the subclasses. */
  protected BlasBenchmark() {}

  final BLAS timed() {
    return BlasChoice.of(blas);
  }

  /** The problem; the caller closes it. */
  final Dataset problem() {
    Shape size = Shape.of(shape);
    d = size.d();
    m = size.m();
    return Pixels.floats(size);
  }

  /** X on the heap, with the distance between columns that it has off the heap. */
  static float[] onHeap(Dataset data) {
    FloatMatrix x = Pixels.floats(data);
    float[] values = new float[Math.multiplyExact(x.stride(), x.columns())];
    MemorySegment.copy(x.segment(), ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
    return values;
  }
}
