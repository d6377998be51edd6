// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.nn.Parameters;

/** An approximate inverse of a second derivative that is cheap to multiply with. */
public interface Preconditioner {

  /**
   * Multiplies with a vector.
   *
   * @param r a vector
   * @param result receives the product
   */
  void apply(Parameters r, Parameters result);

  /**
   * Tells whether features depend on each other within the rounding of float32, as far as is known.
   * Then there are directions in which a gradient consists of rounding.
   *
   * @return true if they do
   */
  default boolean isSingular() {
    return false;
  }

  /**
   * Returns the same for another objective, whose parameters have the same shape.
   *
   * @param objective the objective that is minimised now
   * @return this if it uses nothing of its objective
   */
  default Preconditioner in(ConvexObjective objective) {
    return this;
  }
}
