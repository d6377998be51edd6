package dev.lanewise.pass;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;

/**
 * The sums over some blocks that equations (4), (6) and (7), or their like, ask for: of one neuron,
 * or of K.
 */
public final class Sums {

  /** The terms of (6), d x K. */
  final FloatMatrix gradient;

  /** The errors of (7), one number a column. */
  private final double[] errors;

  /** The losses of (4). */
  private double losses;

  Sums(Arena arena, int features, int columns) {
    gradient = FloatMatrix.allocate(arena, features, columns);
    errors = new double[columns];
  }

  /** Adds the numbers of a right branch, but not its gradient. */
  void addNumbers(Sums right) {
    for (int k = 0; k < errors.length; k++) {
      errors[k] += right.errors[k];
    }
    losses += right.losses;
  }

  /**
   * Sets the numbers of a block, of one column.
   *
   * @param errorSum the summed errors of (7)
   * @param lossSum the summed losses of (4)
   */
  public void set(double errorSum, double lossSum) {
    errors[0] = errorSum;
    losses = lossSum;
  }

  /**
   * Sets a block's errors of one column.
   *
   * @param column from 0 to K - 1
   * @param errorSum the summed errors of (7)
   */
  public void setErrors(int column, double errorSum) {
    errors[column] = errorSum;
  }

  /**
   * Sets a block's losses.
   *
   * @param lossSum the summed losses of (4)
   */
  public void setLosses(double lossSum) {
    losses = lossSum;
  }

  /**
   * The terms of (6), which a {@link Step} may have used up.
   *
   * @return d x K
   */
  public FloatMatrix gradient() {
    return gradient;
  }

  /**
   * The errors of (7) of the first column.
   *
   * @return their sum
   */
  public double errors() {
    return errors[0];
  }

  /**
   * The errors of (7) of a column.
   *
   * @param column from 0 to K - 1
   * @return their sum
   */
  public double errors(int column) {
    return errors[column];
  }

  /**
   * The losses of (4).
   *
   * @return their sum
   */
  public double losses() {
    return losses;
  }
}
