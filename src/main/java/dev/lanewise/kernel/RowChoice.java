// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The kernels that score single rows: scalar ones first, and SIMD ones as soon as the JIT has
 * compiled them. Until then SIMD code is interpreted, thousands of times slower, and allocates.
 */
public final class RowChoice {

  /** The kernels to begin with. */
  public static final RowKernels SCALAR = new ScalarKernels();

  /** The choice of all models of this JVM. */
  public static final RowChoice SHARED = new RowChoice();

  private static final int CALLS = 200;
  private static final long MOST_NANOS = 20_000_000_000L;
  private static final int ROWS = 256;
  private static final int OUTPUTS = 6;

  private final AtomicReference<RowKernels> kernels = new AtomicReference<>(SCALAR);
  private final AtomicBoolean asked = new AtomicBoolean();

  private RowChoice() {}

  /**
   * Returns the kernels to use now. Both kinds give the same bits.
   *
   * @return scalar kernels, or SIMD kernels that are compiled
   */
  public RowKernels kernels() {
    return kernels.getPlain();
  }

  /**
   * Has the SIMD kernels compiled, where there are any: a thread of its own calls them, for less
   * than a second in most cases. Only the first call does anything.
   */
  public void compileSimd() {
    if (asked.compareAndSet(false, true)) {
      Thread thread = new Thread(this::compile, "lanewise-compile-rows");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void compile() {
    try {
      Kernels fastest = KernelChoice.choose(KernelRequest.auto(), warning -> {});
      if (fastest.lanes() > 1 && isCompiled(fastest)) {
        kernels.set(fastest);
      }
    } catch (KernelUnavailableException e) {
      // Rows are scored by scalar code; a training says what is missing.
    }
  }

  // Compiled code keeps vectors in registers, and so allocates nothing.
  private static boolean isCompiled(Kernels simd) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] x = new float[ROWS];
    float[][] few = new float[1][ROWS];
    float[][] many = new float[OUTPUTS][ROWS];
    float[] biases = new float[OUTPUTS];
    float[] one = new float[1];
    float[] all = new float[OUTPUTS];
    long begin = System.nanoTime();
    int quiet = 0;
    while (quiet < 3 && System.nanoTime() - begin < MOST_NANOS) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        simd.outputs(x, few, ROWS, biases, one);
        simd.outputs(x, many, ROWS, biases, all);
      }
      quiet = threads.getCurrentThreadAllocatedBytes() - before < CALLS ? quiet + 1 : 0;
    }
    return quiet == 3;
  }
}
