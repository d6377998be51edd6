// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.Compute;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.nn.Vectors;
import dev.lanewise.reduce.Partial;

/**
 * m times the cost of a network with hidden layers as optimizers see it: sum s_j L_j + l2/2 |W|^2
 * and its gradient, and l1. For use by one thread.
 */
public final class NetworkObjective implements Objective, GradientSize {

  private final Problem problem;
  private final Kernels kernels;
  private final SampleSums sums;
  private final double weight;
  private double passes;

  /**
   * An objective.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem what is minimised
   */
  public NetworkObjective(Workspace workspace, Compute compute, Problem problem) {
    this(workspace, compute, problem, new LocalSums(workspace, compute, problem));
  }

  /**
   * An objective on samples that may be elsewhere.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem what is minimised
   * @param sums over its samples
   */
  public NetworkObjective(Workspace workspace, Compute compute, Problem problem, SampleSums sums) {
    this.problem = problem;
    this.kernels = compute.kernels();
    this.sums = sums;
    sums.reserveCost();
    this.weight =
        workspace.isDryRun() ? 1 : problem.lossAtZero() / StrictMath.log(problem.classes());
  }

  @Override
  public double valueAndGradient(Parameters at, Parameters gradient) {
    passes++;
    Partial partial = sums.gradient(at, true, 1); // (1) to (7)
    int unit = 0;
    for (int l = 0; l < at.layout().layers().size(); l++) {
      FloatMatrix g = gradient.weights(l);
      FloatMatrix w = at.weights(l);
      g.clear();
      kernels.update(g, (float) l2(), w);
      kernels.update(g, 1f, partial.gradient().weights(l));
      FloatMatrix ofBiases = gradient.biases(l);
      for (int k = 0; k < ofBiases.rows(); k++, unit++) {
        ofBiases.set(k, 0, (float) partial.number(unit));
      }
    }
    return sums.losses(partial) + squares(at);
  }

  @Override
  public double value(Parameters at) {
    passes++;
    return sums.losses(sums.cost(at)) + squares(at);
  }

  private double squares(Parameters at) {
    double sum = 0;
    for (int l = 0; l < at.layout().layers().size() && l2() != 0; l++) {
      sum += l2() / 2 * Vectors.dot(at.weights(l), at.weights(l));
    }
    return sum;
  }

  /** The largest element, relative to what all samples weigh. */
  @Override
  public double size(Parameters gradient) {
    double largest = 0;
    for (int l = 0; l < gradient.layout().layers().size(); l++) {
      largest = Math.max(largest, Vectors.largest(gradient.weights(l)));
      largest = Math.max(largest, Vectors.largest(gradient.biases(l)));
    }
    return largest / weight;
  }

  /**
   * Tells whether a network classifies every sample of positive weight correctly. Then no network
   * is the best without a penalty: larger weights of the last layer lower every loss.
   *
   * @param model its parameters
   * @return whether it separates the classes
   */
  public boolean isSeparatedBy(Parameters model) {
    return sums.isSeparatedBy(model);
  }

  /**
   * Divides a gradient by what all samples weigh: the first step of a descent is as long as the
   * gradient of the cost.
   *
   * @param gradient any
   * @param result receives the quotients
   */
  public void scale(Parameters gradient, Parameters result) {
    result.copy(gradient);
    for (int l = 0; l < result.layout().layers().size(); l++) {
      FloatMatrix weights = result.weights(l);
      FloatMatrix biases = result.biases(l);
      kernels.scale(weights, (float) (1 / weight), 0, weights.paddedRows());
      kernels.scale(biases, (float) (1 / weight), 0, biases.paddedRows());
    }
  }

  @Override
  public double valueAtZero() {
    return problem.lossAtZero();
  }

  @Override
  public boolean hasEveryClass() {
    return !problem.lacksClass();
  }

  @Override
  public boolean isConvex() {
    return false;
  }

  @Override
  public double l2() {
    return problem.penalty().l2();
  }

  @Override
  public double l1() {
    return problem.penalty().l1();
  }

  @Override
  public double passes() {
    return passes;
  }
}
