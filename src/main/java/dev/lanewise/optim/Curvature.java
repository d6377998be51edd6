// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.loss.Scales;
import dev.lanewise.nn.ParameterSpace;

/** Makes preconditioners from the second derivative of a subset. */
final class Curvature {

  // With this many samples for each parameter, the second derivative of a subset is close enough.
  private static final int SAMPLES_FOR_A_PARAMETER = 16;
  private static final int LARGEST_FRACTION = 256;

  /** Of second derivatives that were summed in float32. */
  static final double ROUNDING = 0x1p-20;

  private Curvature() {}

  /** Returns n, so that one sample in n is the smallest subset that is large enough. */
  static int fraction(int samples, int features) {
    int fraction = LARGEST_FRACTION;
    while (fraction > 1 && samples / fraction < (long) SAMPLES_FOR_A_PARAMETER * features) {
      fraction /= 2;
    }
    return fraction;
  }

  /**
   * Returns a preconditioner from an objective's second derivative.
   *
   * @return null if the second derivative is not finite, or zero
   */
  static Preconditioner of(
      ConvexObjective objective, int fraction, ParameterSpace space, Scales scales) {
    return space.outputs() > 1
        ? ContrastPreconditioner.of(objective, fraction, space, scales)
        : DensePreconditioner.of(objective, fraction, space.features(), scales);
  }
}
