// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import java.util.Arrays;

/** Layers and softmax of one sample on arrays, with the bits of the kernels. Allocates nothing. */
public final class RowScores {

  private RowScores() {}

  /**
   * Equation (1) of a layer of one sample: section 21 of the contract.
   *
   * @param a the inputs
   * @param inputs how many there are
   * @param weights input after input, those of all units for input 0 first
   * @param biases one a unit
   * @param z receives one number a unit; as many more places are overwritten
   */
  public static void layer(float[] a, int inputs, float[] weights, float[] biases, float[] z) {
    int units = biases.length;
    System.arraycopy(biases, 0, z, 0, units);
    for (int s = 0; s < inputs; s += NetworkKernels.SECTION) {
      Arrays.fill(z, units, 2 * units, 0f);
      for (int i = s; i < Math.min(inputs, s + NetworkKernels.SECTION); i++) {
        add(weights, i * units, a[i], z, units);
      }
      for (int k = 0; k < units; k++) {
        z[k] += z[units + k];
      }
    }
  }

  private static void add(float[] weights, int first, float factor, float[] z, int units) {
    for (int k = 0; k < units; k++) {
      z[units + k] = Math.fma(weights[first + k], factor, z[units + k]);
    }
  }

  /**
   * The probabilities of softmax: section 13 of the contract, for a label that is no class.
   *
   * @param z K scores; receives the K probabilities
   * @param classes K
   */
  public static void softmax(float[] z, int classes) {
    float largest = z[0];
    for (int k = 1; k < classes; k++) {
      largest = Math.max(largest, z[k]);
    }
    float sum = 0f;
    for (int k = 0; k < classes; k++) {
      z[k] = Functions.exp(z[k] - largest);
      sum += z[k];
    }
    for (int k = 0; k < classes; k++) {
      z[k] /= sum;
    }
  }
}
