// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * A layer of a model: z_k = w_k . a + b_k for each of its units. Immutable.
 *
 * <p>A neuron is one layer of one unit.
 */
public final class DenseLayer {

  /** By units. */
  private final float[][] weights;

  private final float[] biases;

  /**
   * A layer.
   *
   * @param weights w_k of each unit, as many finite values for each as there are inputs; copied
   * @param biases b_k of each unit, finite; copied
   * @throws IllegalArgumentException if these do not fit together, or a value is not finite
   */
  public DenseLayer(float[][] weights, float[] biases) {
    this.weights = Arrays.stream(weights).map(float[]::clone).toArray(float[][]::new);
    this.biases = biases.clone();
    if (weights.length == 0 || biases.length != weights.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d biases for %d columns of weights", biases.length, weights.length));
    }
    boolean finite = true;
    for (int k = 0; k < weights.length; k++) {
      if (this.weights[k].length != this.weights[0].length) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "column %d has %d weights, expected %d as in the first",
                k,
                this.weights[k].length,
                this.weights[0].length));
      }
      finite &= Float.isFinite(this.biases[k]);
      for (float weight : this.weights[k]) {
        finite &= Float.isFinite(weight);
      }
    }
    if (!finite) {
      throw new IllegalArgumentException("a weight or the bias is not finite");
    }
  }

  /**
   * Returns the number of inputs.
   *
   * @return the features, or the units of the layer before
   */
  public int inputs() {
    return weights[0].length;
  }

  /**
   * Returns the number of units.
   *
   * @return at least 1
   */
  public int units() {
    return weights.length;
  }

  /**
   * Returns the weights of a unit.
   *
   * @param unit from 0 to {@link #units()} - 1
   * @return a new array of as many weights as there are inputs
   */
  public float[] weights(int unit) {
    return weights[unit].clone();
  }

  /**
   * Returns the bias of a unit.
   *
   * @param unit from 0 to {@link #units()} - 1
   * @return b_k
   */
  public float bias(int unit) {
    return biases[unit];
  }

  /** The weights by units: not to be changed. */
  float[][] weights() {
    return weights;
  }

  /** The biases: not to be changed. */
  float[] biases() {
    return biases;
  }
}
