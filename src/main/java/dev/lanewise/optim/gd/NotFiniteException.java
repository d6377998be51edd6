// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.gd;

/** The errors of an iteration are no longer numbers. The message says why, as far as is known. */
public final class NotFiniteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotFiniteException(String message) {
    super(message);
  }
}
