// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.gd;

/** Thrown if the errors of an iteration are not finite. The message says why, if that is known. */
public final class NotFiniteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotFiniteException(String message) {
    super(message);
  }
}
