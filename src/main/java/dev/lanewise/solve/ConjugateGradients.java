package dev.lanewise.solve;

/**
 * H p = -g by preconditioned conjugate gradients, as far as asked for. Vectors are float32, numbers
 * double.
 */
final class ConjugateGradients {

  private final VectorSpace space;
  private final Point residual;
  private final Point preconditioned;
  private final Point direction;
  private final Point product;
  private int iterations;

  ConjugateGradients(VectorSpace space) {
    this.space = space;
    this.residual = space.zero();
    this.preconditioned = space.zero();
    this.direction = space.zero();
    this.product = space.zero();
  }

  /**
   * Solves.
   *
   * @param objective has H
   * @param gradient g
   * @param preconditioner M, about the inverse of H
   * @param reduction of the residual's norm, measured by M, relative to that of g
   * @param most how many iterations there are at most
   * @param p receives the solution, a direction in which the objective falls
   */
  void solve(
      Objective objective,
      Point gradient,
      Preconditioner preconditioner,
      double reduction,
      int most,
      Point p) {
    space.clear(p);
    space.clear(residual);
    space.add(residual, -1, gradient);
    preconditioner.apply(residual, preconditioned);
    space.copy(preconditioned, direction);
    double size = space.dot(residual, preconditioned);
    double enough = reduction * reduction * size;
    for (iterations = 0; iterations < most && size > enough; iterations++) {
      objective.hessianTimes(direction, product);
      double curvature = space.dot(direction, product);
      if (!(curvature > 0) || !(size > 0)) {
        break;
      }
      double step = size / curvature;
      space.add(p, step, direction);
      space.add(residual, -step, product);
      preconditioner.apply(residual, preconditioned);
      double next = space.dot(residual, preconditioned);
      space.combine(direction, next / size, 1, preconditioned);
      size = next;
    }
    if (space.isZero(p)) {
      // Not one step was possible: downhill as the preconditioner sees it.
      space.copy(direction, p);
    }
  }

  /** How many iterations the last solution took. */
  int iterations() {
    return iterations;
  }
}
