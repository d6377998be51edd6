// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import picocli.CommandLine.Option;

/** The option that leaves the intercept out. */
final class InterceptOption {

  @Option(
      names = "--no-intercept",
      description = {
        "Leave the intercept out: the bias stays 0. --scale standard then divides features by their",
        "deviations and does not centre them. Not for --hidden."
      })
  private boolean left;

  /** Whether this option or a formula leaves it out. */
  boolean leftOut(TableMixin tables) {
    return left || tables.leavesInterceptOut();
  }
}
