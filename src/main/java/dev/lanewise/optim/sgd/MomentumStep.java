// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.sgd;

import dev.lanewise.checkpoint.State;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.Optimizer;

/** Gradient descent with Polyak's momentum (heavy ball), or with Nesterov's. */
final class MomentumStep implements OptimizerStep {

  private final Kernels kernels;
  private final Optimizer.Sgd options;
  private final MeanGradient mean;

  /**
   * l1 / n / (1 - momentum), because a constant gradient g moves w by alpha g / (1 - momentum) in
   * all.
   */
  private final double sizes;

  /** v; those of the biases are in double. */
  private final Parameters velocity;

  private final double[] velocityOfBias;
  private double rate;

  MomentumStep(
      Workspace workspace,
      Kernels kernels,
      Optimizer.Sgd options,
      Layout layout,
      double squares,
      double sizes) {
    this.kernels = kernels;
    this.options = options;
    this.mean = new MeanGradient(kernels, squares);
    this.sizes = sizes / (1 - options.momentum());
    this.velocity = new Parameters(workspace, layout);
    this.velocityOfBias = new double[layout.units()];
  }

  @Override
  public void begin(double newRate, int samples) {
    rate = newRate;
    mean.begin(samples);
  }

  @Override
  public void weights(int stretch, FloatMatrix w, FloatMatrix g, int fromRow, int toRow) {
    mean.weights(w, g, fromRow, toRow);
    kernels.update(velocity.stretch(stretch), (float) options.momentum(), 1f, g, fromRow, toRow);
    if (options.nesterov()) {
      kernels.update(w, (float) -rate, g, fromRow, toRow);
      kernels.update(
          w, (float) (-rate * options.momentum()), velocity.stretch(stretch), fromRow, toRow);
    } else {
      kernels.update(w, (float) -rate, velocity.stretch(stretch), fromRow, toRow);
    }
    if (sizes > 0) {
      kernels.softThreshold(w, (float) (rate * sizes), fromRow, toRow);
    }
  }

  @Override
  public float bias(int unit, float bias, double errors) {
    double slope = mean.bias(errors);
    double v = Math.fma(options.momentum(), velocityOfBias[unit], slope);
    velocityOfBias[unit] = v;
    double along = options.nesterov() ? Math.fma(options.momentum(), v, slope) : v;
    return (float) Math.fma(-rate, along, (double) bias);
  }

  @Override
  public void transfer(State state) {
    state.weights("velocity", velocity);
    state.doubles("velocity_of_bias", velocityOfBias);
  }
}
