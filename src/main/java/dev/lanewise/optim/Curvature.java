package dev.lanewise.optim;

import dev.lanewise.loss.Objective;
import dev.lanewise.loss.Scales;
import dev.lanewise.nn.ParameterSpace;

/** Makes preconditioners from the second derivative of a part of the samples. */
final class Curvature {

  // The second derivative of a part with so many samples for each parameter is like that of all.
  private static final int SAMPLES_FOR_A_PARAMETER = 16;
  private static final int LARGEST_SHARE = 256;

  /** Of second derivatives that were summed in float32. */
  static final double ROUNDING = 0x1p-20;

  private Curvature() {}

  /** The share of the samples whose second derivative is worth its price. */
  static int share(int samples, int features) {
    int share = LARGEST_SHARE;
    while (share > 1 && samples / share < (long) SAMPLES_FOR_A_PARAMETER * features) {
      share /= 2;
    }
    return share;
  }

  /**
   * A preconditioner where an objective was computed last.
   *
   * @return null if the second derivative is not made of numbers, or zero
   */
  static Preconditioner of(Objective objective, int share, ParameterSpace space, Scales scales) {
    return space.outputs() > 1
        ? ContrastPreconditioner.of(objective, share, space, scales)
        : DensePreconditioner.of(objective, share, space.features(), scales);
  }
}
