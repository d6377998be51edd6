// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

/**
 * A run cannot go on from a checkpoint: its options are others. The message says in one line which.
 */
public final class ResumeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * What differs.
   *
   * @param message one line
   */
  public ResumeException(String message) {
    super(message);
  }
}
