// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.nn.Parameters;
import java.util.Optional;

/** A run diverged: its cost, gradient or parameters are no longer finite. */
final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Neurons lastFinite;

  /**
   * A run that diverged.
   *
   * @param message one line for the user
   * @param engine what carried it out
   * @param lastFinite the last weights and biases that were finite, which are copied: their memory
   *     goes with the run; null if there are none
   */
  DivergedException(String message, String engine, Parameters lastFinite) {
    super(message);
    this.lastFinite = lastFinite == null ? null : Neurons.unfinished(lastFinite, engine);
  }

  Optional<Neurons> lastFinite() {
    return Optional.ofNullable(lastFinite);
  }
}
