// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.BlockFunction;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;

/**
 * The sum of the weighted losses over samples and, if wanted, its gradient: equations (1) to (7) as
 * a function of a block. Its numbers are the sums of errors (7) of each layer's units, then the sum
 * of losses (4).
 *
 * <p>Allocates nothing once it is made.
 */
public abstract class CrossEntropy implements BlockFunction {

  final Kernels kernels;
  final Loss loss;

  /** z of the last layer, m x K. */
  final FloatMatrix z;

  /** The errors of the last layer, m x K. */
  final FloatMatrix errors;

  final FloatMatrix losses;
  Parameters at;
  boolean withLosses = true;

  private final PartialShape shape;

  CrossEntropy(Workspace workspace, Kernels kernels, Loss loss, int samples, PartialShape shape) {
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
   * @param problem has the layers
   * @return the function; set its parameters with {@link #at}
   */
  public static CrossEntropy withGradient(
      Workspace workspace, Kernels kernels, Loss loss, int samples, Problem problem) {
    Layout layout = problem.layout();
    PartialShape shape = SumShapes.gradient(layout);
    return problem.hidden().isNone()
        ? new LinearCrossEntropy(workspace, kernels, loss, samples, shape)
        : new NetworkCrossEntropy(
            workspace, kernels, loss, samples, layout, problem.hidden(), shape);
  }

  /**
   * Makes the function without its gradient.
   *
   * @param workspace gives the memory of outputs, errors and losses
   * @param kernels compute
   * @param loss of the samples
   * @param samples how many there are
   * @param problem has the layers
   * @return the function; set its parameters with {@link #at}
   */
  public static CrossEntropy withoutGradient(
      Workspace workspace, Kernels kernels, Loss loss, int samples, Problem problem) {
    Layout layout = problem.layout();
    PartialShape shape = SumShapes.cost(layout);
    return problem.hidden().isNone()
        ? new LinearCrossEntropy(workspace, kernels, loss, samples, shape)
        : new NetworkCrossEntropy(
            workspace, kernels, loss, samples, layout, problem.hidden(), shape);
  }

  /**
   * Makes the same function without its gradient. The two take turns: where hidden units are kept,
   * it is in one memory.
   *
   * @param workspace gives the memory of outputs, errors and losses
   * @return the function; set its parameters with {@link #at}
   */
  abstract CrossEntropy withoutGradient(Workspace workspace);

  /**
   * Sets the parameters of the next evaluation.
   *
   * @param parameters in the layout of the problem
   * @param wantLosses whether losses are summed
   * @return this
   */
  public CrossEntropy at(Parameters parameters, boolean wantLosses) {
    at = parameters;
    withLosses = wantLosses;
    return this;
  }

  /**
   * Leaves out hidden units in the evaluations from now on, if the hidden layers have a dropout.
   *
   * @param seed of the draw
   * @param epoch of the draw
   * @param numbers the samples by their numbers in the data set
   * @param first where in {@code numbers} that of sample 0 stands
   */
  public void dropUnits(long seed, int epoch, int[] numbers, int first) {}

  @Override
  public PartialShape shape() {
    return shape;
  }

  /** Sets the number of the losses (4). */
  final void finishLosses(int from, int to, Partial partial) {
    int index = partial.numbers().length - 1;
    partial.setNumber(index, withLosses ? kernels.sum(losses, 0, from, to) : 0); // (4)
  }

  /**
   * Returns the sum of losses.
   *
   * @param partial of this function
   * @return the sum of s_j L_j
   */
  public double losses(Partial partial) {
    return partial.number(partial.numbers().length - 1);
  }

  /**
   * Returns the outputs of equation (1) of the last layer at the parameters of the last evaluation.
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
