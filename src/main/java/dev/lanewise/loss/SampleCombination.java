// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.BlockFunction;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;

/** X C: the sum of samples times factors of theirs. */
public final class SampleCombination implements BlockFunction {

  private final Kernels kernels;
  private final FloatMatrix factors;
  private final PartialShape shape;

  /**
   * A function.
   *
   * @param kernels compute
   * @param factors C, m x K; read when the function is evaluated
   * @param shape has a gradient of d x K; that of another function, so that both share the memory
   *     of their sums, may have numbers, which are 0
   */
  public SampleCombination(Kernels kernels, FloatMatrix factors, PartialShape shape) {
    this.kernels = kernels;
    this.factors = factors;
    this.shape = shape;
  }

  @Override
  public PartialShape shape() {
    return shape;
  }

  @Override
  public void backward(SampleMatrix x, int from, int to, int fromRow, int toRow, Partial partial) {
    kernels.gradient(x, from, to, factors, fromRow, toRow, partial.gradient().weights());
  }
}
