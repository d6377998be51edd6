package dev.lanewise.solve;

/** Tells what an objective is at a point that no solver of this package went to. */
public final class Gauge {

  private final VectorSpace space;
  private final Objective objective;
  private final Orthant orthant;
  private final Point gradient;
  private double value;
  private double norm;

  /**
   * A gauge.
   *
   * @param space of the parameters
   * @param objective what is asked
   */
  public Gauge(VectorSpace space, Objective objective) {
    this.space = space;
    this.objective = objective;
    this.orthant = new Orthant(space);
    this.gradient = space.zero();
    orthant.penalise(objective.l1());
  }

  /**
   * Looks at a point, in one pass.
   *
   * @param at where
   */
  public void look(Point at) {
    value = objective.valueAndGradient(at, gradient) + orthant.penalty(at);
    norm = space.norm(orthant.slope(at, gradient));
  }

  /**
   * The objective where it looked last, with all penalties.
   *
   * @return the value
   */
  public double value() {
    return value;
  }

  /**
   * The norm of the gradient there; with an l1 penalty, of the least subgradient.
   *
   * @return the norm
   */
  public double norm() {
    return norm;
  }
}
