// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;

/**
 * One run of a sweep.
 *
 * @param learningRate alpha, positive and finite
 * @param iterations how many, at least 0
 * @param seed of random initial weights
 */
public record Setting(double learningRate, int iterations, long seed) {

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Setting {
    SolverOptions.of(SolverChoice.GD).withLearningRate(learningRate).withIterations(iterations);
  }
}
