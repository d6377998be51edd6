package dev.lanewise.train;

/** Training failed. The message says in one line what happened, when, and what to try. */
public final class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * What happened.
   *
   * @param message one line
   */
  public TrainingException(String message) {
    super(message);
  }
}
