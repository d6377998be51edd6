// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.score;

import java.util.Arrays;
import java.util.stream.IntStream;
import smile.classification.LogisticRegression;
import smile.util.IntSet;

/** Smile's logistic regression, which takes rows of doubles. */
final class SmileRows implements RowModel {

  private final LinearProblem problem;
  private final LogisticRegression model;
  private final double[][] rows;

  SmileRows(LinearProblem problem) {
    this.problem = problem;
    this.rows = problem.doubles();
    int classes = problem.classes();
    IntSet labels = IntSet.of(IntStream.range(0, classes).toArray());
    this.model =
        classes == 2
            ? new LogisticRegression.Binomial(weights(1, 0), 0, 0, labels)
            : new LogisticRegression.Multinomial(
                IntStream.range(0, classes - 1)
                    .mapToObj(k -> weights(k, classes - 1))
                    .toArray(double[][]::new),
                0,
                0,
                labels);
  }

  // The bias is the last weight, and the last class has none.
  private double[] weights(int k, int base) {
    int features = problem.features();
    double[] w = new double[features + 1];
    Arrays.setAll(
        w,
        i ->
            i == features
                ? problem.biases()[k] - (double) problem.biases()[base]
                : problem.weights()[k][i] - (double) problem.weights()[base][i]);
    return w;
  }

  @Override
  public Caller caller() {
    double[] result = new double[problem.classes()];
    return row -> {
      model.predict(rows[row], result);
      return result[1];
    };
  }

  @Override
  public double expected(int row) {
    return problem.expected(row);
  }
}
