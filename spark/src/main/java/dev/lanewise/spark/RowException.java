// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import java.io.Serial;

/** A row, a column or an executor that cannot be trained on; the message says what to do. */
public final class RowException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1;

  /**
   * Rejects what was given.
   *
   * @param message where, what is wrong, and what to do
   */
  public RowException(String message) {
    super(message);
  }

  /**
   * Leaves the trace out: the message is for people, and executors would print it with the trace.
   */
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
