// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/** Softmax of one sample on arrays, with the bits of the kernels. Allocates nothing. */
public final class RowScores {

  private RowScores() {}

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
