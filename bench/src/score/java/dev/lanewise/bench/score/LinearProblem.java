// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.score;

import java.util.Random;

/**
 * Rows and the weights of a linear model, the same in every run.
 *
 * @param rows float32 numbers
 * @param weights of each class; of two classes the first are zero
 * @param biases of each class; of two classes the first is zero
 */
record LinearProblem(float[][] rows, float[][] weights, float[] biases) {

  /** How many rows are scored in turn: few enough to stay in a cache. */
  static final int ROWS = 16;

  static LinearProblem draw(int features, int classes) {
    Random random = new Random(features + classes);
    float[][] rows = new float[ROWS][features];
    for (float[] row : rows) {
      for (int i = 0; i < features; i++) {
        row[i] = random.nextFloat();
      }
    }
    float[][] weights = new float[classes][features];
    float[] biases = new float[classes];
    for (int k = classes == 2 ? 1 : 0; k < classes; k++) {
      biases[k] = random.nextFloat() - 0.5f;
      for (int i = 0; i < features; i++) {
        weights[k][i] = (float) (random.nextGaussian() / Math.sqrt(features));
      }
    }
    return new LinearProblem(rows, weights, biases);
  }

  int features() {
    return rows[0].length;
  }

  int classes() {
    return biases.length;
  }

  /** Returns the rows as doubles. */
  double[][] doubles() {
    double[][] doubles = new double[ROWS][features()];
    for (int j = 0; j < ROWS; j++) {
      for (int i = 0; i < features(); i++) {
        doubles[j][i] = rows[j][i];
      }
    }
    return doubles;
  }

  /** Returns the probability of class 1 of a row by softmax. */
  double expected(int row) {
    double[] z = new double[classes()];
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      z[k] = biases[k];
      for (int i = 0; i < features(); i++) {
        z[k] += (double) weights[k][i] * rows[row][i];
      }
      sum += Math.exp(z[k]);
    }
    return Math.exp(z[1]) / sum;
  }
}
