// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.BlockFunction;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.reduce.PartialShape;

/** X'W + b: equation (1) of all samples. Nothing is summed. */
public final class SampleScores implements BlockFunction {

  private final Kernels kernels;
  private final FloatMatrix weights;
  private final FloatMatrix biases;
  private final FloatMatrix scores;

  /**
   * A function.
   *
   * @param kernels compute
   * @param weights W, d x K
   * @param biases b, K x 1
   * @param scores receives z, m x K
   */
  public SampleScores(
      Kernels kernels, FloatMatrix weights, FloatMatrix biases, FloatMatrix scores) {
    this.kernels = kernels;
    this.weights = weights;
    this.biases = biases;
    this.scores = scores;
  }

  @Override
  public PartialShape shape() {
    return PartialShape.EMPTY;
  }

  @Override
  public void forward(SampleMatrix x, int from, int to) {
    kernels.forward(x, from, to, weights, biases, scores); // (1)
  }
}
