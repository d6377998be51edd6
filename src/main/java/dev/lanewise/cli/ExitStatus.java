// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

/** What the program's exit status says. */
final class ExitStatus {

  /** Done. */
  static final int DONE = 0;

  /** Lanewise itself failed: a fault in the program. */
  static final int FAULT = 1;

  /** The command line asks for something that does not exist or is not here. */
  static final int USAGE = 2;

  /** The data or a file is bad. */
  static final int BAD_FILE = 3;

  /** Training failed: it diverged, or memory ran out. */
  static final int FAILED = 4;

  /** A model was not reproduced: training again led to something else. */
  static final int DIFFERS = 5;

  /**
   * Interrupted. Of a signal the JVM makes 128 and its number by itself; this stands for it where
   * there was none.
   */
  static final int INTERRUPTED = 130;

  /** Whoever read standard output has gone away: 128 and the number of SIGPIPE. */
  static final int PIPE_CLOSED = 141;

  private ExitStatus() {}
}
