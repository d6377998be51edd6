// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

/** An engine was asked for by name that the problem is too large for. The message is one line. */
public final class EngineUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * What was asked for, and why it cannot be.
   *
   * @param message one line
   */
  public EngineUnavailableException(String message) {
    super(message);
  }
}
