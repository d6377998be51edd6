// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.BlockFunction;
import dev.lanewise.exec.LocalExecutor;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;

/**
 * The weighted sums of features, and of their squares, about the features of one sample: what
 * {@link Scales} are made from (contract, section 19). All in double.
 */
public final class ScaleSums implements BlockFunction {

  private final Problem problem;

  /** As {@link #centre}; sums about it lose little to rounding. */
  private final float[] centre;

  /**
   * The sums of some samples.
   *
   * @param problem has the samples
   * @param centre as {@link #centre}
   */
  public ScaleSums(Problem problem, float[] centre) {
    this.problem = problem;
    this.centre = centre.clone();
  }

  /**
   * Returns the sample that features are summed about.
   *
   * @param problem has all samples, or only their weights
   * @return the first of positive weight
   */
  public static int first(Problem problem) {
    int first = 0;
    while (first < problem.samples() - 1 && problem.weight(first) == 0) {
      first++;
    }
    return first;
  }

  /**
   * Returns what features are summed about.
   *
   * @param problem of all samples
   * @param first the features of the first sample of positive weight of all samples
   * @return the same; zeros without an intercept
   */
  public static float[] centre(Problem problem, float[] first) {
    return problem.intercept() ? first : new float[first.length];
  }

  /**
   * Returns the scales of a problem, in one pass.
   *
   * @param executor over its samples; of a dry run, the scales are of no use
   * @param problem what is minimised
   * @return the scales
   */
  public static Scales scales(LocalExecutor executor, Problem problem) {
    executor.reserve(SumShapes.scales(problem.x().rows()));
    if (executor.workspace().isDryRun()) {
      return Scales.none();
    }
    ScaleSums function =
        new ScaleSums(problem, centre(problem, problem.x().column(first(problem))));
    return function.scales(executor.run(function), problem);
  }

  /**
   * Returns the scales that these sums make.
   *
   * @param sums over all samples
   * @param whole the problem of all samples
   * @return the scales
   */
  public Scales scales(Partial sums, Problem whole) {
    double weight = sums.number(0);
    if (!whole.intercept()) {
      return Scales.withoutIntercept(
          sums.doubles(1), weight, whole.outputs(), whole.penalty().l2());
    }
    int features = centre.length;
    double[] means = new double[features];
    double[] squares = new double[features];
    for (int i = 0; i < features; i++) {
      double sum = sums.doubles(0)[i];
      double shift = sum / weight;
      means[i] = centre[i] + shift;
      squares[i] = Math.max(0, sums.doubles(1)[i] - shift * sum);
    }
    return Scales.of(means, squares, weight, whole.outputs(), whole.penalty().l2());
  }

  @Override
  public PartialShape shape() {
    return SumShapes.scales(centre.length);
  }

  @Override
  public void backward(SampleMatrix x, int from, int to, int fromRow, int toRow, Partial partial) {
    double[] sums = partial.doubles(0);
    double[] squares = partial.doubles(1);
    int end = Math.min(toRow, centre.length);
    for (int j = from; j < to; j++) {
      double weight = problem.weight(j);
      float[] sample = x.column(j);
      for (int i = fromRow; i < end; i++) {
        double distance = (double) sample[i] - centre[i];
        sums[i] += weight * distance;
        squares[i] += weight * distance * distance;
      }
    }
  }

  @Override
  public void finish(int from, int to, Partial partial) {
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += problem.weight(j);
    }
    partial.setNumber(0, sum);
  }
}
