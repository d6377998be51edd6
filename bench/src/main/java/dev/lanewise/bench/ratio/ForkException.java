// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

/** A JVM that was to measure did not; why is on its standard error, which is ours. */
public final class ForkException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message one line
   */
  public ForkException(String message) {
    super(message);
  }
}
