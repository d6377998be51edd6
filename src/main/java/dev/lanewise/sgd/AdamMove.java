package dev.lanewise.sgd;

import dev.lanewise.checkpoint.State;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;

/**
 * Adam, with the corrections for its start in the factors. The penalty on sizes divides its step
 * like any other, since else another cost would be minimised.
 */
final class AdamMove implements Move {

  private final Kernels kernels;
  private final Optimizer.Adam options;
  private final MeanGradient mean;

  /** l1 / n. */
  private final double sizes;

  /** The running means of g and of its squares, d x K, and those of the biases. */
  private final FloatMatrix gradients;

  private final FloatMatrix squares;
  private final double[] gradientOfBias;
  private final double[] squareOfBias;

  /** beta1 and beta2 to the power of the steps so far. */
  private double left1 = 1;

  private double left2 = 1;

  private double step;
  private double threshold;
  private double epsilon;

  AdamMove(
      Arena arena,
      Kernels kernels,
      Optimizer.Adam options,
      int features,
      int columns,
      double squares,
      double sizes) {
    this.kernels = kernels;
    this.options = options;
    this.mean = new MeanGradient(kernels, squares);
    this.sizes = sizes;
    this.gradients = FloatMatrix.allocate(arena, features, columns);
    this.squares = FloatMatrix.allocate(arena, features, columns);
    this.gradientOfBias = new double[columns];
    this.squareOfBias = new double[columns];
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
  }

  @Override
  public void weights(FloatMatrix w, FloatMatrix g, int fromRow, int toRow) {
    mean.weights(w, g, fromRow, toRow);
    kernels.update(
        gradients, (float) options.beta1(), (float) (1 - options.beta1()), g, fromRow, toRow);
    kernels.updateSquares(
        squares, (float) options.beta2(), (float) (1 - options.beta2()), g, fromRow, toRow);
    kernels.adaptiveStep(
        w, (float) step, (float) threshold, (float) epsilon, gradients, squares, fromRow, toRow);
  }

  @Override
  public float bias(int column, float bias, double errors) {
    double slope = mean.bias(errors);
    double u = Math.fma(1 - options.beta1(), slope, options.beta1() * gradientOfBias[column]);
    double v =
        Math.fma((1 - options.beta2()) * slope, slope, options.beta2() * squareOfBias[column]);
    gradientOfBias[column] = u;
    squareOfBias[column] = v;
    double along = step / (Math.sqrt(v) + epsilon);
    return (float) Math.fma(along, u, (double) bias);
  }

  @Override
  public void transfer(State state) {
    state.matrix("gradients", gradients);
    state.squares("squares", squares);
    state.doubles("gradient_of_bias", gradientOfBias);
    state.squares("square_of_bias", squareOfBias);
    left1 = state.number("left_1", left1, 0, 1);
    left2 = state.number("left_2", left2, 0, 1);
  }
}
