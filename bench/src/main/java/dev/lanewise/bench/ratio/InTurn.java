// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Times some sides in turn in this JVM. */
public final class InTurn {

  private static final double NANOS_A_MILLI = 1e6;
  private static final int MOST_TIMES = 1 << 20;

  private InTurn() {}

  /**
   * Warms all up, then times them.
   *
   * @param sides what to time
   * @param effort how long; its forks are of no matter
   * @return for each side the nanoseconds of each turn
   */
  public static List<List<Double>> time(List<Side> sides, Effort effort) {
    int[] times = warmUp(sides, effort);
    List<List<Double>> nanos =
        Stream.generate(() -> (List<Double>) new ArrayList<Double>()).limit(sides.size()).toList();
    for (int turn = 0; turn < effort.turns(); turn++) {
      for (int side = 0; side < times.length; side++) {
        nanos.get(side).add(sides.get(side).nanos(times[side]));
      }
    }
    return nanos;
  }

  // In turn, too: what the compiler learns from one must not come as news while another is timed.
  private static int[] warmUp(List<Side> sides, Effort effort) {
    int[] times = new int[sides.size()];
    double[] warm = new double[sides.size()];
    double enough = effort.warmUpMillis() * NANOS_A_MILLI;
    boolean all = false;
    while (!all) {
      all = true;
      for (int side = 0; side < times.length; side++) {
        times[side] = Math.max(times[side], 1);
        double nanos = sides.get(side).nanos(times[side]);
        warm[side] += nanos * times[side];
        double fitting = Math.ceil(effort.turnMillis() * NANOS_A_MILLI / nanos);
        times[side] = (int) Math.clamp(fitting, 1, MOST_TIMES);
        all &= warm[side] >= enough;
      }
    }
    return times;
  }
}
