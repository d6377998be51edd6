package dev.lanewise.train;

import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;

/** The sums over some blocks that equations (4), (6) and (7) ask for. */
final class Sums {

  /** The terms of (6), d x 1. */
  final FloatMatrix gradient;

  /** The errors of (7). */
  double errors;

  /** The losses of (4). */
  double losses;

  Sums(Arena arena, int features) {
    gradient = FloatMatrix.allocate(arena, features, 1);
  }

  /** Adds the numbers of a right branch, but not its gradient. */
  void addNumbers(Sums right) {
    errors += right.errors;
    losses += right.losses;
  }
}
