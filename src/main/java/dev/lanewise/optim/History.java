// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;

/**
 * The last steps of a descent and what they did to the gradient, and the inverse of the second
 * derivative that follows from them: L-BFGS (Nocedal, 1980), with ten pairs.
 */
final class History {

  private static final int PAIRS = 10;

  private final ParameterSpace space;
  private final Preconditioner first;
  private final Parameters preconditioned;
  private final Parameters[] steps = new Parameters[PAIRS];
  private final Parameters[] changes = new Parameters[PAIRS];
  private final double[] products = new double[PAIRS];
  private final double[] factors = new double[PAIRS];
  private int size;
  private int newest = -1;
  private double scale = 1;

  /**
   * No steps yet.
   *
   * @param space of the parameters
   * @param first what the inverse is before there are steps, up to a factor
   */
  History(ParameterSpace space, Preconditioner first) {
    this.space = space;
    this.first = first;
    this.preconditioned = space.zero();
    for (int i = 0; i < PAIRS; i++) {
      steps[i] = space.zero();
      changes[i] = space.zero();
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  void forget() {
    size = 0;
    newest = -1;
  }

  /** Adds a pair, unless rounding has left nothing of the curvature along it. */
  void add(Parameters from, Parameters to, Parameters gradientFrom, Parameters gradientTo) {
    int place = (newest + 1) % PAIRS;
    Parameters step = steps[place];
    Parameters change = changes[place];
    step.copy(to);
    space.add(step, -1, from);
    change.copy(gradientTo);
    space.add(change, -1, gradientFrom);
    double product = space.dot(step, change);
    first.apply(change, preconditioned);
    double squares = space.dot(change, preconditioned);
    if (!(product > 0x1p-40 * squares)) {
      // The oldest pair may have been overwritten.
      size = Math.min(size, PAIRS - 1);
      return;
    }
    products[place] = product;
    scale = product / squares;
    newest = place;
    size = Math.min(size + 1, PAIRS);
  }

  /** Multiplies a vector with the inverse, in its place. */
  void apply(Parameters vector) {
    for (int i = 0; i < size; i++) {
      int pair = Math.floorMod(newest - i, PAIRS);
      factors[pair] = space.dot(steps[pair], vector) / products[pair];
      space.add(vector, -factors[pair], changes[pair]);
    }
    first.apply(vector, preconditioned);
    vector.copy(preconditioned);
    if (size > 0) {
      space.scale(vector, scale);
    }
    for (int i = size - 1; i >= 0; i--) {
      int pair = Math.floorMod(newest - i, PAIRS);
      double factor = space.dot(changes[pair], vector) / products[pair];
      space.add(vector, factors[pair] - factor, steps[pair]);
    }
  }
}
