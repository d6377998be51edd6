// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

/** The comparison cannot be made; the message says why. */
final class CompareException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CompareException(String message) {
    super(message);
  }
}
