// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import dev.lanewise.kernel.Kernels;

/** {@link SimdKernels} of each width, made on first use and kept with their compiled code. */
final class SimdWidths {

  private SimdWidths() {}

  /**
   * The kernels of a width, whether the machine has such vectors or the JVM only imitates them.
   *
   * @throws IllegalArgumentException if the width is not 4, 8 or 16
   */
  static Kernels kernels(int lanes) {
    if (lanes == Lanes.widest()) {
      return Widest.KERNELS;
    }
    switch (lanes) {
      case 4:
        return Four.KERNELS;
      case 8:
        return Eight.KERNELS;
      case 16:
        return Sixteen.KERNELS;
      default:
        throw new IllegalArgumentException("lanes are 4, 8 or 16, not " + lanes);
    }
  }

  private static final class Widest {
    static final Kernels KERNELS = new SimdKernels();
  }

  private static final class Four {
    static final Kernels KERNELS = new WidthLoader(4).kernels();
  }

  private static final class Eight {
    static final Kernels KERNELS = new WidthLoader(8).kernels();
  }

  private static final class Sixteen {
    static final Kernels KERNELS = new WidthLoader(16).kernels();
  }
}
