// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.BlockFunction;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;

/**
 * The sum of the weighted losses over samples and, if wanted, its gradient: equations (1) to (7) as
 * a function of a block. Its numbers are the K sums of errors (7), then the sum of losses (4).
 *
 * <p>Allocates nothing once it is made.
 */
public final class CrossEntropy implements BlockFunction {

  private final Kernels kernels;
  private final Loss loss;
  private final PartialShape shape;
  private final FloatMatrix z;
  private final FloatMatrix errors;
  private final FloatMatrix losses;
  private Parameters at;
  private boolean withLosses = true;

  private CrossEntropy(
      Workspace workspace, Kernels kernels, Loss loss, int samples, PartialShape shape) {
    this.kernels = kernels;
    this.loss = loss;
    this.shape = shape;
    this.z = workspace.floats(samples, loss.outputs());
    this.errors = workspace.floats(samples, loss.outputs());
    this.losses = workspace.floats(samples, 1);
  }

  /**
   * Makes the function with its gradient.
   *
   * @param workspace gives the memory of outputs, errors and losses
   * @param kernels compute
   * @param loss of the samples
   * @param samples how many there are
   * @param features d
   * @return the function; set its parameters with {@link #at}
   */
  public static CrossEntropy withGradient(
      Workspace workspace, Kernels kernels, Loss loss, int samples, int features) {
    PartialShape shape =
        PartialShape.gradient(Layout.dense(features, loss.outputs()), loss.outputs() + 1);
    return new CrossEntropy(workspace, kernels, loss, samples, shape);
  }

  /**
   * Makes the function without its gradient.
   *
   * @param workspace gives the memory of outputs, errors and losses
   * @param kernels compute
   * @param loss of the samples
   * @param samples how many there are
   * @return the function; set its parameters with {@link #at}
   */
  public static CrossEntropy withoutGradient(
      Workspace workspace, Kernels kernels, Loss loss, int samples) {
    PartialShape shape = PartialShape.numbers(loss.outputs() + 1);
    return new CrossEntropy(workspace, kernels, loss, samples, shape);
  }

  /**
   * Sets the parameters of the next evaluation.
   *
   * @param parameters of one dense layer, d x K
   * @param wantLosses whether losses are summed
   * @return this
   */
  public CrossEntropy at(Parameters parameters, boolean wantLosses) {
    at = parameters;
    withLosses = wantLosses;
    return this;
  }

  @Override
  public PartialShape shape() {
    return shape;
  }

  @Override
  public void forward(SampleMatrix x, int from, int to) {
    kernels.forward(x, from, to, at.weights(), at.biases(), z); // (1)
    loss.compare(z, from, to, errors, losses, withLosses); // (2), (3)
  }

  @Override
  public void backward(SampleMatrix x, int from, int to, int fromRow, int toRow, Partial partial) {
    kernels.gradient(x, from, to, errors, fromRow, toRow, partial.gradient().weights()); // (6)
  }

  @Override
  public void finish(int from, int to, Partial partial) {
    for (int k = 0; k < errors.columns(); k++) {
      partial.setNumber(k, kernels.sum(errors, k, from, to)); // (7)
    }
    partial.setNumber(errors.columns(), withLosses ? kernels.sum(losses, 0, from, to) : 0); // (4)
  }

  /**
   * Returns the sum of losses.
   *
   * @param partial of this function
   * @return the sum of s_j L_j
   */
  public double losses(Partial partial) {
    return partial.number(loss.outputs());
  }

  /**
   * Returns the outputs of equation (1) at the parameters of the last evaluation.
   *
   * @return z, m x K
   */
  public FloatMatrix outputs() {
    return z;
  }

  /**
   * Returns the errors at the parameters of the last evaluation, or memory for as many numbers.
   *
   * @return s_j e_jk, m x K
   */
  FloatMatrix errors() {
    return errors;
  }
}
