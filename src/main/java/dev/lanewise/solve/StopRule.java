package dev.lanewise.solve;

/**
 * When a solver stops.
 *
 * @param tolerance the norm of the gradient, relative to that at zero weights, that is small enough
 * @param iterations how many there are at most
 */
public record StopRule(double tolerance, int iterations) {

  /**
   * A gradient that float32 cannot tell from zero where large terms cancel: with one so small, no
   * further progress counts as having converged.
   */
  static final double ROUNDING = 1e-4;
}
