// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import java.util.ArrayList;
import java.util.List;

/** What runs in a JVM of its own: one comparison. */
public final class Trial {

  private static final String TURN = "turn ";

  private Trial() {}

  /**
   * Verifies both sides, times them in turn and prints a line for each turn.
   *
   * @param args the name of the comparison, then the effort
   */
  public static void main(String[] args) {
    Comparison comparison = Comparisons.named(args[0]);
    try (Problems problems = new Problems();
        Side ours = comparison.ours().make(problems);
        Side yardstick = comparison.yardstick().make(problems)) {
      Turns turns = Turns.of(ours, yardstick, Effort.of(args[1], args[2], args[3]));
      for (int turn = 0; turn < turns.ours().size(); turn++) {
        System.out.println(TURN + turns.ours().get(turn) + " " + turns.yardstick().get(turn));
      }
    }
  }

  /**
   * Measures a comparison.
   *
   * @param comparison what to measure
   * @param effort how long
   * @return what came out
   * @throws ForkException if a side failed its verification, or a JVM ended otherwise
   */
  public static Measured measure(Comparison comparison, Effort effort) {
    List<Turns> forks = new ArrayList<>();
    for (int fork = 0; fork < effort.forks(); fork++) {
      List<String> arguments = new ArrayList<>(List.of(comparison.name()));
      arguments.addAll(effort.toArguments());
      forks.add(parse(Fork.run(comparison.name(), Trial.class, List.of(), arguments)));
    }
    return Measured.of(forks);
  }

  static Turns parse(List<String> lines) {
    List<Double> ours = new ArrayList<>();
    List<Double> yardstick = new ArrayList<>();
    for (String line : lines) {
      // Libraries may print lines of their own.
      if (line.startsWith(TURN)) {
        String[] nanos = line.substring(TURN.length()).split(" ");
        ours.add(Double.valueOf(nanos[0]));
        yardstick.add(Double.valueOf(nanos[1]));
      }
    }
    return new Turns(ours, yardstick);
  }
}
