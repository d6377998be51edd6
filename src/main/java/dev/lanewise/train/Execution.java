// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.kernel.KernelRequest;
import java.util.Objects;

/**
 * What computes a training. It decides how long the training takes, and no bit of its result.
 *
 * @param kernel which kernels
 * @param threads the most threads, from 1 to {@value #MOST_THREADS}; small problems use fewer
 */
public record Execution(KernelRequest kernel, int threads) {

  /** More threads than any machine has use for. */
  public static final int MOST_THREADS = 1024;

  /** The fastest kernels that the machine has, on all of its processors. */
  public static final Execution DEFAULT =
      ofThreads(Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS));

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if the number of threads is out of its range
   */
  public Execution {
    Objects.requireNonNull(kernel, "kernel");
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "threads are from 1 to " + MOST_THREADS + ", not " + threads);
    }
  }

  /**
   * The fastest kernels that the machine has.
   *
   * @param threads the most threads, from 1 to {@value #MOST_THREADS}
   * @return the execution
   */
  public static Execution ofThreads(int threads) {
    return new Execution(KernelRequest.auto(), threads);
  }
}
