package dev.lanewise.loss;

import dev.lanewise.exec.BlockFunction;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.nn.Layout;
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
   * @param features d
   */
  public SampleCombination(Kernels kernels, FloatMatrix factors, int features) {
    this.kernels = kernels;
    this.factors = factors;
    this.shape = PartialShape.gradient(Layout.dense(features, factors.columns()), 0);
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
