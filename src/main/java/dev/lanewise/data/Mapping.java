// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.Locale;

/**
 * Whether features are read from their file, mapped, each time they are used, or copied into memory
 * once. It changes no bit of what is computed.
 */
public enum Mapping {
  /** Mapped where that can be done and a copy would take more than a quarter of the memory. */
  AUTO,
  /** Mapped if it can be: for what is read once. */
  WHERE_POSSIBLE,
  /** Mapped, or refused. */
  ALWAYS,
  /** Copied. */
  NEVER;

  /**
   * The name on the command line.
   *
   * @return for instance {@code auto} or {@code where-possible}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
