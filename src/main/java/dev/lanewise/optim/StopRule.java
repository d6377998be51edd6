// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.GradientSize;
import dev.lanewise.nn.Parameters;

/**
 * The rule by which a solver stops.
 *
 * @param tolerance a gradient of this size, by {@link #size}, is small enough
 * @param iterations the most iterations
 * @param size how large a gradient is
 */
public record StopRule(double tolerance, int iterations, GradientSize size) {

  /** Returns whether a gradient is small enough. */
  boolean isMet(Parameters gradient) {
    return size.size(gradient) <= tolerance;
  }
}
