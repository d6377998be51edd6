// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

/** The baseline is missing, damaged or does not fit the gate. */
public final class BaselineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * What is wrong.
   *
   * @param message one line that names the file
   */
  public BaselineException(String message) {
    super(message);
  }
}
