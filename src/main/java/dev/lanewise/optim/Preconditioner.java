package dev.lanewise.optim;

import dev.lanewise.loss.Objective;
import dev.lanewise.nn.Parameters;

/** Something like the inverse of a second derivative, which is cheap to multiply with. */
public interface Preconditioner {

  /**
   * Multiplies.
   *
   * @param r a vector
   * @param result receives the product
   */
  void apply(Parameters r, Parameters result);

  /**
   * The same for another objective of parameters of the same shape.
   *
   * @param objective the one that is worked on now
   * @return this, if nothing of the objective is used
   */
  default Preconditioner in(Objective objective) {
    return this;
  }
}
