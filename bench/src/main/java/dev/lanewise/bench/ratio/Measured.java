// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import java.util.ArrayList;
import java.util.List;

/**
 * A comparison as measured in some JVMs.
 *
 * @param ratio the yardstick's time over ours: of each JVM its median, of all JVMs the spread
 * @param oursMicros microseconds of ours, over all turns of all JVMs
 * @param yardstickMicros microseconds of the yardstick, likewise
 */
public record Measured(Spread ratio, Spread oursMicros, Spread yardstickMicros) {

  private static final double NANOS_A_MICRO = 1000;

  static Measured of(List<Turns> forks) {
    List<Double> ratios = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    List<Double> yardstick = new ArrayList<>();
    for (Turns turns : forks) {
      ratios.add(turns.ratio());
      turns.ours().forEach(nanos -> ours.add(nanos / NANOS_A_MICRO));
      turns.yardstick().forEach(nanos -> yardstick.add(nanos / NANOS_A_MICRO));
    }
    return new Measured(Spread.of(ratios), Spread.of(ours), Spread.of(yardstick));
  }
}
