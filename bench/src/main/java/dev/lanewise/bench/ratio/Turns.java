// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import java.util.List;

/**
 * The times of both sides in one JVM, turn by turn.
 *
 * @param ours nanoseconds of ours in each turn
 * @param yardstick nanoseconds of the yardstick in each turn
 */
record Turns(List<Double> ours, List<Double> yardstick) {

  Turns {
    if (ours.isEmpty() || ours.size() != yardstick.size()) {
      throw new IllegalArgumentException("both sides have the same number of turns, at least 1");
    }
    ours = List.copyOf(ours);
    yardstick = List.copyOf(yardstick);
  }

  /** Warms both up, then times them in turn. */
  static Turns of(Side ours, Side yardstick, Effort effort) {
    List<List<Double>> times = InTurn.time(List.of(ours, yardstick), effort);
    return new Turns(times.get(0), times.get(1));
  }

  /**
   * The median over the turns of the yardstick's time over ours: a turn that something disturbed
   * does not count, and drift meets both.
   */
  double ratio() {
    double[] ratios = new double[ours.size()];
    for (int turn = 0; turn < ratios.length; turn++) {
      ratios[turn] = yardstick.get(turn) / ours.get(turn);
    }
    return Spread.of(ratios).median();
  }
}
