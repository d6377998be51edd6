package dev.lanewise.solve;

/**
 * Where a solver stopped.
 *
 * @param point the parameters
 * @param value the objective there, with all penalties
 * @param gradientNorm the norm of the gradient there; with an l1 penalty, of the least subgradient
 * @param gradientNormAtZero the same at zero weights
 * @param iterations how many there were
 * @param passes how often the data were gone through
 * @param reason why it stopped
 */
public record Solution(
    Point point,
    double value,
    double gradientNorm,
    double gradientNormAtZero,
    int iterations,
    double passes,
    StopReason reason) {

  /**
   * What an objective is at a point that no solver went to.
   *
   * @param space of the parameters
   * @param objective the objective
   * @param point where
   * @return with no iterations, and no gradient at zero weights to compare with
   */
  public static Solution at(VectorSpace space, Objective objective, Point point) {
    Gauge gauge = new Gauge(space, objective);
    gauge.look(point);
    return new Solution(
        point,
        gauge.value(),
        gauge.norm(),
        Double.NaN,
        0,
        objective.passes(),
        StopReason.ITERATIONS);
  }

  /**
   * The gradient relative to that at zero weights.
   *
   * @return 0 where both are 0
   */
  public double relativeGradientNorm() {
    return gradientNorm == 0 ? 0 : gradientNorm / gradientNormAtZero;
  }

  /**
   * Whether the least was reached: the gradient is small enough, or it is below 1e-4 of that at
   * zero weights and the objective falls no further in float32.
   *
   * @return false if more iterations, or other data, would bring the objective down
   */
  public boolean converged() {
    return reason == StopReason.GRADIENT
        || reason == StopReason.NO_PROGRESS && relativeGradientNorm() < StopRule.ROUNDING;
  }
}
