package dev.lanewise.sgd;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;

/** Polyak's heavy ball, or Nesterov's way with it. */
final class MomentumMove implements Move {

  private final Kernels kernels;
  private final Optimizer.Sgd options;
  private final MeanGradient mean;

  /** l1 / n / (1 - momentum): a gradient that stays moves w by alpha / (1 - momentum) of it. */
  private final double sizes;

  /** v, d x 1, and that of the bias. */
  private final FloatMatrix velocity;

  private double velocityOfBias;
  private double rate;

  MomentumMove(
      Arena arena,
      Kernels kernels,
      Optimizer.Sgd options,
      int features,
      double squares,
      double sizes) {
    this.kernels = kernels;
    this.options = options;
    this.mean = new MeanGradient(kernels, squares);
    this.sizes = sizes / (1 - options.momentum());
    this.velocity = FloatMatrix.allocate(arena, features, 1);
  }

  @Override
  public void begin(double newRate, int samples) {
    rate = newRate;
    mean.begin(samples);
  }

  @Override
  public void weights(FloatMatrix w, FloatMatrix g, int fromRow, int toRow) {
    mean.weights(w, g, fromRow, toRow);
    kernels.update(velocity, (float) options.momentum(), 1f, g, fromRow, toRow);
    if (options.nesterov()) {
      kernels.update(w, (float) -rate, g, fromRow, toRow);
      kernels.update(w, (float) (-rate * options.momentum()), velocity, fromRow, toRow);
    } else {
      kernels.update(w, (float) -rate, velocity, fromRow, toRow);
    }
    if (sizes > 0) {
      kernels.softThreshold(w, (float) (rate * sizes), fromRow, toRow);
    }
  }

  @Override
  public float bias(float bias, double errors) {
    double slope = mean.bias(errors);
    velocityOfBias = Math.fma(options.momentum(), velocityOfBias, slope);
    double along =
        options.nesterov() ? Math.fma(options.momentum(), velocityOfBias, slope) : velocityOfBias;
    return (float) Math.fma(-rate, along, (double) bias);
  }
}
