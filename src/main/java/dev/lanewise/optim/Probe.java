package dev.lanewise.optim;

import dev.lanewise.loss.Objective;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;

/** Tells the value and the gradient of an objective at any parameters. */
public final class Probe {

  private final ParameterSpace space;
  private final Objective objective;
  private final Orthant orthant;
  private final Parameters gradient;
  private double value;
  private double norm;

  /**
   * A probe.
   *
   * @param space of the parameters
   * @param objective what is asked
   */
  public Probe(ParameterSpace space, Objective objective) {
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
  public void look(Parameters at) {
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
