// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

/** There are no statistics of a fit; the message says why. */
public final class NoSummaryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * There are none.
   *
   * @param message why, and what to do
   */
  public NoSummaryException(String message) {
    super(message);
  }
}
