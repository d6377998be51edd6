// SPDX-License-Identifier: Apache-2.0
package dev.lanewise;

/**
 * How many of its cases a test takes. {@code mvn test} and {@code mvn verify} take a sample, so
 * that they are quick; with {@code -Pfull}, as {@code .ci/run} has it, each test takes all.
 */
public final class Effort {

  /** Whether tests take all of their cases. */
  public static final boolean FULL = Boolean.getBoolean("test.full");

  private Effort() {}

  /**
   * A number of cases, or a stride over cases, for this run.
   *
   * @param usual the number in every build
   * @param full the number with {@code -Pfull}
   */
  public static int of(int usual, int full) {
    return FULL ? full : usual;
  }
}
