package dev.lanewise.solve;

/** A way to the least of an objective. */
public interface Solver {

  /**
   * Minimises.
   *
   * @param objective what is to be small
   * @param start where to begin; moved to the solution
   * @param monitor is told of every iteration
   * @return where it stopped, at {@code start}
   */
  Solution minimise(Objective objective, Point start, Monitor monitor);
}
