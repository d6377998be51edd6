// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.loss.DataObjective;
import dev.lanewise.loss.Problem;
import dev.lanewise.nn.Parameters;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * A learning rate with which gradient descent would have been stable. The second derivative of the
 * cost is at most H = (1/4m) X~ S X~' + l2/m, with a row of ones for the bias in X~, and S the
 * weights of the samples; for softmax, whose p_k(1 - p_k) have p_k p_l beside them, 1/2 takes the
 * place of 1/4. A step of one over its largest eigenvalue never makes the cost larger.
 *
 * <p>The eigenvalue comes from a few power iterations, each a pass forward and one back. They
 * approach it from below, and twice the rate would still be stable.
 */
final class StableRate {

  private static final int ITERATIONS = 10;

  private final Problem problem;
  private final DataObjective objective;

  /** Of the first output; those of the others stay 0. */
  private final Parameters v;

  /** X'v of each output. */
  private final double[][] productsOfAll;

  private final double[] products;

  private StableRate(Problem problem, DataObjective objective, Parameters scratch) {
    this.problem = problem;
    this.objective = objective;
    this.v = scratch;
    this.productsOfAll = new double[problem.outputs()][problem.samples()];
    this.products = productsOfAll[0];
  }

  /**
   * Returns what to try instead of a learning rate that diverged.
   *
   * @param problem what was minimised
   * @param objective the same, for products of its samples
   * @param scratch is overwritten
   * @param rate that diverged
   * @return for people, to follow a semicolon
   */
  static String advice(Problem problem, DataObjective objective, Parameters scratch, double rate) {
    return advice(new StableRate(problem, objective, scratch).rate(), problem.samples(), rate);
  }

  /**
   * The same for batches. The largest eigenvalue of a batch is at most that of its largest sample
   * alone.
   *
   * @param problem its samples that are learned from weigh something
   * @param samples how many these are
   * @param momentum how much of a step goes into the next
   * @param rate that diverged
   * @return for people, to follow a semicolon
   */
  static String adviceForBatches(Problem problem, int samples, double momentum, double rate) {
    double largest = 0;
    for (int j = 0; j < problem.samples(); j++) {
      double weight = problem.weight(j);
      double squares = problem.intercept() ? 1 : 0;
      for (float feature : weight == 0 ? new float[0] : problem.x().column(j)) {
        squares += (double) feature * feature;
      }
      largest = Math.max(largest, weight * squares);
    }
    double stable =
        (1 - momentum) / (largest * curvature(problem) + problem.penalty().l2() / samples);
    return advice(stable, 1, rate);
  }

  private static String advice(double stable, int samples, double rate) {
    if (!(stable > 0 && stable < rate)) {
      return "scale the features";
    }
    if ((float) (stable / samples) < Float.MIN_NORMAL) {
      return "scale the features: no learning rate is small enough for them in float32";
    }
    String rounded = new BigDecimal(stable).round(new MathContext(2, RoundingMode.DOWN)).toString();
    return String.format(
        Locale.ROOT,
        "a learning rate of %s would have been stable, or scale the features",
        rounded.replace('E', 'e'));
  }

  /** The largest eigenvalue of the second derivative of a loss by its outputs z. */
  private static double curvature(Problem problem) {
    return problem.outputs() == 1 ? 0.25 : 0.5;
  }

  /** 1 / (lambda/4 + l2/m), with lambda the largest eigenvalue of X~ S X~' / m; or NaN. */
  private double rate() {
    double samples = problem.samples();
    return 1 / (largest() / samples * curvature(problem) + problem.penalty().l2() / samples);
  }

  /**
   * The largest eigenvalue of X~ S X~'. Vectors are brought to length 1 before each pass, so that
   * features of any size stay within float32; lengths are double.
   */
  private double largest() {
    Initialization.NORMAL.fill(v.weights(), 0);
    for (int k = 1; k < v.outputs(); k++) {
      v.weights().setColumn(k, new float[v.weights().rows()]);
    }
    double bias = 0;
    double eigenvalue = 0;
    for (int i = 0; i < ITERATIONS; i++) {
      bias = normalise(bias);
      objective.project(v, productsOfAll);
      double squares = 0;
      for (int j = 0; j < products.length; j++) {
        products[j] = problem.weight(j) * (products[j] + bias);
        squares += products[j] * products[j];
      }
      double length = Math.sqrt(squares);
      double sum = 0;
      for (int j = 0; j < products.length; j++) {
        products[j] /= length;
        sum += products[j];
      }
      objective.combine(productsOfAll, v);
      bias = problem.intercept() ? sum : 0;
      eigenvalue = length * length(bias);
    }
    return eigenvalue;
  }

  private double normalise(double bias) {
    double length = length(bias);
    for (int i = 0; i < v.weights().rows(); i++) {
      v.weights().set(i, 0, (float) (v.weights().get(i, 0) / length));
    }
    return bias / length;
  }

  private double length(double bias) {
    double squares = bias * bias;
    for (int i = 0; i < v.weights().rows(); i++) {
      double element = v.weights().get(i, 0);
      squares += element * element;
    }
    return Math.sqrt(squares);
  }
}
