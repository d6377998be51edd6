// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.options;

import java.util.Locale;

/** Why a solver stopped. */
public enum StopReason {
  /** The gradient is as small as was asked for, and so the objective is near its least. */
  GRADIENT,
  /** The objective falls no further in this arithmetic. */
  NO_PROGRESS,
  /** The cost of samples that were held out has not fallen for as long as patience lasts. */
  EARLY_STOPPING,
  /** The most iterations that were allowed are done. */
  ITERATIONS,
  /** There is no optimum: the objective falls for as long as some weights grow. */
  NO_OPTIMUM,
  /** The objective or its gradient is not a number. */
  DIVERGED;

  /**
   * The name in JSON.
   *
   * @return lower case, with a hyphen for each underscore
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
