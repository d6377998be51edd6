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
   * Returns whether features are known to be linearly dependent except for the rounding of float32.
   * Then there are directions in which a gradient is rounding error only.
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
   * @return this instance if it does not use its objective
   */
  default Preconditioner in(ConvexObjective objective) {
    return this;
  }
}
