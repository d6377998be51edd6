// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.sgd;

import dev.lanewise.checkpoint.State;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.Optimizer;

/**
 * Adam; the bias corrections are part of the factors. The threshold of the l1 penalty is divided
 * like the step, since otherwise another cost would be minimised.
 */
final class AdamStep implements OptimizerStep {

  private final Kernels kernels;
  private final Optimizer.Adam options;
  private final MeanGradient mean;

  /** l2 / n of AdamW; 0 where the penalty is part of the gradient. */
  private final double decay;

  /** l1 / n. */
  private final double sizes;

  /** The running means of g and of its squares; those of the biases are in double. */
  private final Parameters gradients;

  private final Parameters squares;
  private final double[] gradientOfBias;
  private final double[] squareOfBias;

  /** beta1 and beta2 to the power of the steps so far. */
  private double left1 = 1;

  private double left2 = 1;

  private double step;
  private double threshold;
  private double epsilon;
  private float shrink;

  AdamStep(
      Workspace workspace,
      Kernels kernels,
      Optimizer.Adam options,
      Layout layout,
      double squares,
      double sizes) {
    this.kernels = kernels;
    this.options = options;
    this.mean = new MeanGradient(kernels, options.decoupled() ? 0 : squares);
    this.decay = options.decoupled() ? squares : 0;
    this.sizes = sizes;
    this.gradients = new Parameters(workspace, layout);
    this.squares = new Parameters(workspace, layout);
    this.gradientOfBias = new double[layout.units()];
    this.squareOfBias = new double[layout.units()];
  }

  @Override
  public void begin(double rate, int samples) {
    mean.begin(samples);
    left1 *= options.beta1();
    left2 *= options.beta2();
    double root = Math.sqrt(1 - left2);
    double scaled = rate * root;
    step = -(scaled / (1 - left1));
    threshold = scaled * sizes;
    epsilon = options.epsilon() * root;
    shrink = (float) (1 - rate * decay);
  }

  @Override
  public void weights(int stretch, FloatMatrix w, FloatMatrix g, int fromRow, int toRow) {
    mean.weights(w, g, fromRow, toRow);
    kernels.update(
        gradients.stretch(stretch),
        (float) options.beta1(),
        (float) (1 - options.beta1()),
        g,
        fromRow,
        toRow);
    kernels.updateSquares(
        squares.stretch(stretch),
        (float) options.beta2(),
        (float) (1 - options.beta2()),
        g,
        fromRow,
        toRow);
    if (decay != 0) {
      kernels.scale(w, shrink, fromRow, toRow);
    }
    kernels.adaptiveStep(
        w,
        (float) step,
        (float) threshold,
        (float) epsilon,
        gradients.stretch(stretch),
        squares.stretch(stretch),
        fromRow,
        toRow);
  }

  @Override
  public float bias(int unit, float bias, double errors) {
    double slope = mean.bias(errors);
    double u = Math.fma(1 - options.beta1(), slope, options.beta1() * gradientOfBias[unit]);
    double v = Math.fma((1 - options.beta2()) * slope, slope, options.beta2() * squareOfBias[unit]);
    gradientOfBias[unit] = u;
    squareOfBias[unit] = v;
    double along = step / (Math.sqrt(v) + epsilon);
    return (float) Math.fma(along, u, (double) bias);
  }

  @Override
  public void transfer(State state) {
    state.weights("gradients", gradients);
    state.squares("squares", squares);
    state.doubles("gradient_of_bias", gradientOfBias);
    state.squares("square_of_bias", squareOfBias);
    left1 = state.number("left_1", left1, 0, 1);
    left2 = state.number("left_2", left2, 0, 1);
  }
}
