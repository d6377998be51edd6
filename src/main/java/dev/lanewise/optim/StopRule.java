// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.Scales;
import dev.lanewise.nn.Parameters;

/**
 * When a solver stops.
 *
 * @param tolerance a gradient of this size, by {@link Scales#size}, is small enough
 * @param iterations the most iterations
 * @param scales the coordinates of the parameters
 */
public record StopRule(double tolerance, int iterations, Scales scales) {

  /** Tells whether a gradient is small enough. */
  boolean isMet(Parameters gradient) {
    return scales.size(gradient) <= tolerance;
  }
}
