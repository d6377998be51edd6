// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Whether {@link Math#fma} is one instruction. Where it is not, Java computes it with big decimals:
 * the same bits, thousands of times slower.
 */
final class FusedMultiplyAdd {

  // An instruction takes nanoseconds even in the interpreter, big decimals take microseconds.
  private static final long SUSPICIOUS_NANOS_PER_CALL = 500;
  private static final int CALLS = 20;
  private static final int TRIES = 5;

  private FusedMultiplyAdd() {}

  /**
   * False only if the JVM itself says so. It is asked only after a probe was slow, because to ask
   * it loads the management classes, which takes longer than many a training run.
   */
  static boolean isFast() {
    return probe() < SUSPICIOUS_NANOS_PER_CALL || !isSwitchedOff();
  }

  private static long probe() {
    long best = Long.MAX_VALUE;
    float value = 1.5f;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        value = Math.fma(value, 0.75f, 0.3f);
      }
      best = Math.min(best, (System.nanoTime() - start) / CALLS);
    }
    // The value is used, so that no compiler may drop its computation.
    return Float.isNaN(value) ? Long.MAX_VALUE : best;
  }

  private static boolean isSwitchedOff() {
    try {
      HotSpotDiagnosticMXBean vm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return vm != null && "false".equals(vm.getVMOption("UseFMA").getValue());
    } catch (IllegalArgumentException e) {
      // A JVM without such an option: it has not said no.
      return false;
    }
  }
}
