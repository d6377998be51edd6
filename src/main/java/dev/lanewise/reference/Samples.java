// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import dev.lanewise.data.Dataset;

/** The samples of a data set as the arrays that {@link Neuron} and {@link Network} take. */
public final class Samples {

  private Samples() {}

  /**
   * The features in double, one array a sample.
   *
   * @param dataset m samples of d features
   * @return m arrays of d
   */
  public static double[][] of(Dataset dataset) {
    double[][] x = new double[dataset.samples()][dataset.width()];
    for (int j = 0; j < x.length; j++) {
      float[] column = dataset.features().column(j);
      for (int i = 0; i < column.length; i++) {
        x[j][i] = column[i];
      }
    }
    return x;
  }
}
