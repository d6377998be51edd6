// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.model.Model;
import java.util.Optional;

/** Training failed. The message says in one line what happened, when, and what to try. */
public final class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Model lastFinite;

  /**
   * What happened.
   *
   * @param message one line
   */
  public TrainingException(String message) {
    this(message, null);
  }

  /**
   * The failure, and the last finite result if there is one.
   *
   * @param message one line
   * @param lastFinite the model before its weights became infinite or NaN; null if there is none
   */
  TrainingException(String message, Model lastFinite) {
    super(message);
    this.lastFinite = lastFinite;
  }

  /**
   * The last model with finite weights of a run that diverged. It is on its way to nowhere, and no
   * result; it may help to see why.
   *
   * @return empty if there is none
   */
  public Optional<Model> lastFinite() {
    return Optional.ofNullable(lastFinite);
  }
}
