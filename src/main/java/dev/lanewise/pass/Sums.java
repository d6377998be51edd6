package dev.lanewise.pass;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;

/** The sums over some blocks that equations (4), (6) and (7), or their like, ask for. */
public final class Sums {

  /** The terms of (6), d x 1. */
  final FloatMatrix gradient;

  /** The errors of (7). */
  private double errors;

  /** The losses of (4). */
  private double losses;

  Sums(Arena arena, int features) {
    gradient = FloatMatrix.allocate(arena, features, 1);
  }

  /** Adds the numbers of a right branch, but not its gradient. */
  void addNumbers(Sums right) {
    errors += right.errors;
    losses += right.losses;
  }

  /**
   * Sets the numbers of a block.
   *
   * @param errorSum the summed errors of (7)
   * @param lossSum the summed losses of (4)
   */
  public void set(double errorSum, double lossSum) {
    errors = errorSum;
    losses = lossSum;
  }

  /**
   * The terms of (6), which a {@link Step} may have used up.
   *
   * @return d x 1
   */
  public FloatMatrix gradient() {
    return gradient;
  }

  /**
   * The errors of (7).
   *
   * @return their sum
   */
  public double errors() {
    return errors;
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
