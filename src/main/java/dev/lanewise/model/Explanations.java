// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.Dataset;
import java.util.ArrayList;
import java.util.List;

/**
 * What each column of a table contributes to the scores of samples, by a model without hidden
 * layers. A contribution is the sum of weight times feature over the features of the column, in
 * double. The contributions and the bias of a class add up to its score, before any calibration. If
 * features are standardised, a contribution compares the sample with the mean of the training data.
 */
public final class Explanations {

  private final List<Columns> columns;
  private final double[][][] contributions;
  private final float[] biases;

  private Explanations(List<Columns> columns, double[][][] contributions, float[] biases) {
    this.columns = columns;
    this.contributions = contributions;
    this.biases = biases;
  }

  /**
   * Explains samples.
   *
   * @param model without hidden layers
   * @param data samples of the model's kind
   * @return the contributions
   * @throws IllegalStateException if there are hidden layers
   * @throws dev.lanewise.data.DataException as {@link Model#predict}
   */
  public static Explanations of(Model model, Dataset data) {
    float[][] weights = new float[model.columns()][];
    float[] biases = new float[model.columns()];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = model.weights(k);
      biases[k] = model.bias(k);
    }
    List<Columns> columns = Columns.of(model.schema());
    return model
        .schema()
        .withFeatures(
            data,
            "the model",
            scaled -> {
              model.schema().requireFeatures(scaled, "the model");
              double[][][] all = new double[scaled.samples()][weights.length][columns.size()];
              return scaled.reading(
                  () -> {
                    for (int j = 0; j < all.length; j++) {
                      explain(scaled.features().column(j), weights, columns, all[j]);
                    }
                    return new Explanations(columns, all, biases);
                  });
            });
  }

  private static void explain(
      float[] sample, float[][] weights, List<Columns> columns, double[][] result) {
    for (int k = 0; k < weights.length; k++) {
      for (int c = 0; c < columns.size(); c++) {
        double sum = 0;
        for (int i = columns.get(c).from(); i < columns.get(c).to(); i++) {
          sum += (double) weights[k][i] * sample[i];
        }
        result[k][c] = sum;
      }
    }
  }

  /**
   * What a column contributes to the score of a class.
   *
   * @param column the name of the column
   * @param value the contribution, in log-odds; for class 0 of two, the negative of class 1
   */
  public record Contribution(String column, double value) {}

  /**
   * Returns the contributions to the score of a class.
   *
   * @param sample from 0
   * @param classNumber from 0
   * @return the contributions, the largest first, whatever their sign; equal ones in the order of
   *     the columns
   */
  public List<Contribution> of(int sample, int classNumber) {
    double[] values = values(sample, classNumber);
    double sign = sign(classNumber);
    List<Contribution> found = new ArrayList<>();
    for (int c = 0; c < values.length; c++) {
      found.add(new Contribution(columns.get(c).name(), sign * values[c]));
    }
    found.sort((a, b) -> Double.compare(Math.abs(b.value()), Math.abs(a.value())));
    return found;
  }

  /**
   * Returns what does not depend on the sample.
   *
   * @param classNumber from 0
   * @return the bias of the class
   */
  public double base(int classNumber) {
    return sign(classNumber) * biases[biases.length == 1 ? 0 : classNumber];
  }

  private double[] values(int sample, int classNumber) {
    return contributions[sample][biases.length == 1 ? 0 : classNumber];
  }

  private double sign(int classNumber) {
    return biases.length == 1 && classNumber == 0 ? -1 : 1;
  }
}
