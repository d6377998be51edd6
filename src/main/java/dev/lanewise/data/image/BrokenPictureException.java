// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

/** A picture that cannot be read; the message says why, and not which. */
final class BrokenPictureException extends Exception {

  private static final long serialVersionUID = 1L;

  BrokenPictureException(String message) {
    super(message);
  }

  BrokenPictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
