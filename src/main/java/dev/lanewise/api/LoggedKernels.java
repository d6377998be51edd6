// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.api;

import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;

/** The fastest kernels there are, chosen once. A warning goes to the log of the program. */
final class LoggedKernels {

  private LoggedKernels() {}

  /** Makes the choice when it is first needed: scoring rows needs none. */
  private static final class Chosen {

    private static final Kernels KERNELS =
        KernelChoice.choose(
            KernelRequest.auto(),
            line -> System.getLogger("dev.lanewise").log(System.Logger.Level.INFO, line));
  }

  static Kernels get() {
    return Chosen.KERNELS;
  }
}
