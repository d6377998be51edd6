// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

/**
 * Kernels were asked for by name and are not there. The message says in one line what is missing.
 */
public final class KernelUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * What was asked for, and what is missing.
   *
   * @param message one line
   */
  public KernelUnavailableException(String message) {
    super(message);
  }
}
