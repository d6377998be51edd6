// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/** Equation (1) of one sample, on arrays. */
public interface RowKernels {

  /**
   * Computes the outputs of one sample: section 2 of the contract.
   *
   * @param x the features, padded with zeros
   * @param w the weights of each output, padded with zeros
   * @param paddedRows how many floats of these are used, a multiple of 16
   * @param biases b_k of each output
   * @param z receives z_k of each output
   */
  void outputs(float[] x, float[][] w, int paddedRows, float[] biases, float[] z);
}
