// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One program of the comparison, and its runs. */
final class Program {

  /** The tutorial's costs every 100 iterations. */
  private static final double[] COSTS = {
    0.693147, 0.584508, 0.466949, 0.376007, 0.331463, 0.303273, 0.279880, 0.260042, 0.242941,
    0.228004, 0.214820, 0.203078, 0.192544, 0.183033, 0.174399, 0.166521, 0.159305, 0.152667,
    0.146542, 0.140872
  };

  /** Half the last decimal of the costs above, and rounding errors of float32. */
  private static final double COST_TOLERANCE = 1e-5;

  private static final double TRAIN_ACCURACY = 207.0 / 209;
  private static final double TEST_ACCURACY = 35.0 / 50;
  private static final double ACCURACY_TOLERANCE = 1e-6;

  /** The cost on the training data after the last iteration. */
  private static final double FINAL_COST = 0.135608;

  private final String name;
  private final boolean tutorial;
  private final List<String> command;
  private final List<ProgramRun> runs = new ArrayList<>();
  private ProgramRun first;

  /**
   * A program.
   *
   * @param name what the table calls it
   * @param tutorial whether it does the tutorial's 2000 iterations, or gets to their cost in
   *     another way
   * @param command prints one JSON object
   */
  Program(String name, boolean tutorial, List<String> command) {
    this.name = name;
    this.tutorial = tutorial;
    this.command = new ArrayList<>(command);
  }

  String name() {
    return name;
  }

  /** Runs it once untimed, and checks that it does what it is to be timed at. */
  void verify() {
    first = ProgramRun.of(command);
    check(first);
    if (!tutorial) {
      // It searched how many it needs; from now on it is told.
      command.add("--iterations");
      command.add(Integer.toString(iterations()));
    }
  }

  void time() {
    ProgramRun run = ProgramRun.of(command);
    check(run);
    runs.add(run);
  }

  private void check(ProgramRun run) {
    if (!tutorial) {
      double cost = run.number("trainCost");
      // Written so that NaN fails.
      if (!(cost <= FINAL_COST + COST_TOLERANCE)) {
        throw new CompareException(name + " reaches a cost of " + cost + ", not of " + FINAL_COST);
      }
      return;
    }
    double[] costs = run.numbers("cost");
    if (costs.length != COSTS.length) {
      throw new CompareException(name + " tells " + costs.length + " costs, not " + COSTS.length);
    }
    for (int i = 0; i < costs.length; i++) {
      close("cost at iteration " + 100 * i, COSTS[i], costs[i], COST_TOLERANCE);
    }
    close("final cost", FINAL_COST, run.number("trainCost"), COST_TOLERANCE);
    close("train accuracy", TRAIN_ACCURACY, run.number("trainAccuracy"), ACCURACY_TOLERANCE);
    close("test accuracy", TEST_ACCURACY, run.number("testAccuracy"), ACCURACY_TOLERANCE);
  }

  private void close(String what, double expected, double actual, double bound) {
    if (!(Math.abs(actual - expected) <= bound)) {
      throw new CompareException(
          String.format(
              Locale.ROOT, "%s: the %s is %s, the tutorial's is %s", name, what, actual, expected));
    }
  }

  int iterations() {
    return (int) first.number("iterations");
  }

  /** What it says of itself in one line, for the head of the table. */
  String itself() {
    return Stream.of("peer", "engine", "kernel", "blas")
        .flatMap(key -> first.text(key).map(value -> key + " " + value).stream())
        .collect(Collectors.joining(", "));
  }

  double number(String key) {
    return first.number(key);
  }

  /** Whole processes, ascending. */
  double[] wallSeconds() {
    return runs.stream().mapToDouble(ProgramRun::wallSeconds).sorted().toArray();
  }

  /** The training loop alone, as the program itself timed it, ascending. */
  double[] trainSeconds() {
    return runs.stream().mapToDouble(run -> run.number("train")).sorted().toArray();
  }
}
