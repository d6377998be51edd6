// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

/** Standard output cannot be written any more, so that there is no use in going on. */
final class OutputLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutputLostException() {
    super("standard output cannot be written any more");
  }
}
