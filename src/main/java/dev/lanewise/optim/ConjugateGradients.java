// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;

/**
 * Solves H p = -g by preconditioned conjugate gradients to a given reduction of the residual.
 * Vectors are float32, numbers double.
 */
final class ConjugateGradients {

  // If this many steps in a row add little to the solution, the remaining error is small.
  private static final int LATEST = 4;
  private static final double LITTLE = 0.05;

  private final ParameterSpace space;
  private final Parameters residual;
  private final Parameters preconditioned;
  private final Parameters direction;
  private final Parameters product;
  private int iterations;
  private boolean complete;

  /** A product with H. */
  interface Product {

    /**
     * Multiplies.
     *
     * @param v a vector
     * @param result receives H v
     */
    void of(Parameters v, Parameters result);
  }

  ConjugateGradients(ParameterSpace space) {
    this.space = space;
    this.residual = space.zero();
    this.preconditioned = space.zero();
    this.direction = space.zero();
    this.product = space.zero();
  }

  /**
   * Solves.
   *
   * @param h multiplies with H
   * @param gradient g
   * @param preconditioner M, about the inverse of H
   * @param reduction of the residual's norm, measured by M, relative to that of g
   * @param least the square of such a norm that is not worth more iterations: rounding
   * @param most the largest number of iterations
   * @param p receives the solution, a direction in which the objective falls
   */
  void solve(
      Product h,
      Parameters gradient,
      Preconditioner preconditioner,
      double reduction,
      double least,
      int most,
      Parameters p) {
    solve(h, gradient, preconditioner, reduction, least, most, false, p);
  }

  /**
   * Solves until g.H^-1 g is known to a few percent. The increase of g.H^-1 g over the last steps
   * estimates the remaining error (Hestenes and Stiefel, 1952).
   */
  void solveFor(
      Product h,
      Parameters gradient,
      Preconditioner preconditioner,
      double least,
      int most,
      Parameters p) {
    solve(h, gradient, preconditioner, 0.1, least, most, true, p);
  }

  private void solve(
      Product h,
      Parameters gradient,
      Preconditioner preconditioner,
      double reduction,
      double least,
      int most,
      boolean settled,
      Parameters p) {
    p.clear();
    residual.clear();
    space.add(residual, -1, gradient);
    preconditioner.apply(residual, preconditioned);
    direction.copy(preconditioned);
    double size = space.dot(residual, preconditioned);
    double enough = Math.max(least, reduction * reduction * size);
    double energy = 0;
    double[] latest = new double[LATEST];
    complete = false;
    for (iterations = 0; iterations < most; iterations++) {
      complete = !(size > enough) && !(settled && sum(latest) > LITTLE * energy);
      if (complete) {
        break;
      }
      h.of(direction, product);
      double curvature = space.dot(direction, product);
      if (!(curvature > 0) || !(size > 0)) {
        // The residual is rounding error only.
        complete = size <= enough;
        break;
      }
      double step = size / curvature;
      latest[iterations % LATEST] = step * size;
      energy += step * size;
      space.add(p, step, direction);
      space.add(residual, -step, product);
      preconditioner.apply(residual, preconditioned);
      double next = space.dot(residual, preconditioned);
      space.combine(direction, next / size, 1, preconditioned);
      size = next;
    }
    if (space.isZero(p)) {
      // No step was possible: use the steepest descent of the preconditioner.
      p.copy(direction);
    }
  }

  private static double sum(double[] terms) {
    double sum = 0;
    for (double term : terms) {
      sum += term;
    }
    return sum;
  }

  /** How many iterations the last solution took. */
  int iterations() {
    return iterations;
  }

  /** Whether the last solution has the requested accuracy. */
  boolean isComplete() {
    return complete;
  }
}
