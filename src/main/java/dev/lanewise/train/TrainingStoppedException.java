// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Somebody ended a run before its end. */
public final class TrainingStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** How many iterations or epochs are complete. */
  private final int completed;

  private final transient Path checkpoint;

  /**
   * A run that was ended.
   *
   * @param completed how many iterations or epochs are complete
   * @param checkpoint keeps the run; null if it is not kept
   */
  public TrainingStoppedException(int completed, Path checkpoint) {
    super(
        String.format(
            Locale.ROOT,
            "stopped after iteration %d%s",
            completed,
            checkpoint == null ? "" : "; the checkpoint is " + checkpoint));
    this.completed = completed;
    this.checkpoint = checkpoint;
  }

  /**
   * Where the run stands.
   *
   * @return how many iterations or epochs are complete
   */
  public int completed() {
    return completed;
  }

  /**
   * The file that keeps the run.
   *
   * @return empty if it is not kept
   */
  public Optional<Path> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }
}
