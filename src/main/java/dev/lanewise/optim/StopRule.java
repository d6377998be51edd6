package dev.lanewise.optim;

import dev.lanewise.loss.Scales;
import dev.lanewise.nn.Parameters;

/**
 * When a solver stops.
 *
 * @param tolerance the size of the gradient that is small enough, by {@link Scales#size}
 * @param iterations how many there are at most
 * @param scales the coordinates of the parameters
 */
public record StopRule(double tolerance, int iterations, Scales scales) {

  /** Whether a gradient is as small as asked for. */
  boolean isMet(Parameters gradient) {
    return scales.size(gradient) <= tolerance;
  }
}
