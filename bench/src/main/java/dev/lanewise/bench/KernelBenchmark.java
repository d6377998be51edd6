// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
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

/** How benchmarks are timed, and which kernels they time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 1)
public abstract class KernelBenchmark {

  /** The kernels without vectors. */
  public static final String SCALAR = "scalar";

  /** The kernels on vectors. */
  public static final String SIMD = "simd";

  /** Which kernels are timed. */
  @Param({SCALAR, SIMD})
  public String kernel;

  /** The width of the SIMD kernels in floats; 0 for the widest there is. */
  @Param("0")
  public int lanes;

  /** For the subclasses. */
  protected KernelBenchmark() {
    AfterReading.prepare();
  }

  /** The kernels that are timed. An exception if the machine has no vectors of the width. */
  final Kernels timed() {
    return kernels(kernel);
  }

  /** The kernels that must give the same bits as those timed. */
  final Kernels counterpart() {
    return kernels(kernel.equals(SCALAR) ? SIMD : SCALAR);
  }

  private Kernels kernels(String name) {
    return KernelChoice.choose(request(name), KernelBenchmark::refuse);
  }

  private KernelRequest request(String name) {
    return switch (name) {
      case SCALAR -> KernelRequest.scalar();
      case SIMD -> lanes == 0 ? KernelRequest.simd() : KernelRequest.simd(lanes);
      default -> throw new IllegalArgumentException("kernel is scalar or simd, not " + name);
    };
  }

  // Kernels were asked for by name: to time others in their stead would be a lie.
  private static void refuse(String warning) {
    throw new IllegalStateException(warning);
  }
}
