// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.Objective;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;

/** Computes the value and the norm of the gradient of an objective, with all penalties. */
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
   * @param objective is evaluated
   */
  public Probe(ParameterSpace space, Objective objective) {
    this.space = space;
    this.objective = objective;
    this.orthant = new Orthant(space);
    this.gradient = space.zero();
    orthant.penalise(objective.l1());
  }

  /**
   * Evaluates the objective, in one pass.
   *
   * @param at the parameters
   */
  public void look(Parameters at) {
    value = objective.valueAndGradient(at, gradient) + orthant.penalty(at);
    norm = space.norm(orthant.slope(at, gradient));
  }

  /**
   * Evaluates the objective without its gradient, in one pass. The norm is NaN afterwards.
   *
   * @param at the parameters
   */
  public void lookAtValue(Parameters at) {
    value = objective.value(at) + orthant.penalty(at);
    norm = Double.NaN;
  }

  /**
   * Returns the objective of the last evaluation, with all penalties.
   *
   * @return the value
   */
  public double value() {
    return value;
  }

  /**
   * Returns the norm of the gradient there; with an l1 penalty, of the least subgradient.
   *
   * @return the norm
   */
  public double norm() {
    return norm;
  }
}
