// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import java.util.List;

/**
 * How long to measure.
 *
 * @param forks JVMs, one after the other
 * @param warmUpMillis for each side, at least, once it is verified
 * @param turns how often each side is timed in a JVM
 * @param turnMillis how long a turn lasts, at least
 */
public record Effort(int forks, int warmUpMillis, int turns, int turnMillis) {

  /** Of the gate: a few seconds a fork. */
  public static final Effort QUICK = new Effort(2, 1500, 15, 20);

  /** Of figures to be published. */
  public static final Effort THOROUGH = new Effort(5, 3000, 25, 50);

  /** An effort of at least one of each. */
  public Effort {
    if (forks < 1 || warmUpMillis < 1 || turns < 1 || turnMillis < 1) {
      throw new IllegalArgumentException("an effort is at least 1 of each");
    }
  }

  /**
   * The same in more or fewer JVMs.
   *
   * @param count how many
   * @return the effort
   */
  public Effort withForks(int count) {
    return new Effort(count, warmUpMillis, turns, turnMillis);
  }

  /** As the arguments of a JVM, which needs no number of forks. */
  List<String> toArguments() {
    return List.of("" + warmUpMillis, "" + turns, "" + turnMillis);
  }

  static Effort of(String warmUpMillis, String turns, String turnMillis) {
    return new Effort(
        1, Integer.parseInt(warmUpMillis), Integer.parseInt(turns), Integer.parseInt(turnMillis));
  }
}
