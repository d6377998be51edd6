// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.limits;

import dev.lanewise.bench.peers.BlasChoice;
import dev.lanewise.bench.ratio.Effort;
import dev.lanewise.bench.ratio.ForkException;
import dev.lanewise.bench.ratio.Measured;
import dev.lanewise.bench.ratio.Spread;
import dev.lanewise.bench.ratio.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Measures all ratios that have a target, and prints them as one Markdown table. */
public final class Limits {

  private static final String USAGE = "bench/run --limits [--forks N] [pattern]";

  private Effort effort = Effort.THOROUGH;
  private Pattern pattern = Pattern.compile("");

  private Limits() {}

  /**
   * Measures. The exit status is 1 if a benchmark failed its verification; a target that is missed
   * is no failure.
   *
   * @param args {@code --forks N}, and a pattern that the names of ratios must contain
   */
  public static void main(String[] args) {
    Limits limits = new Limits();
    try {
      limits.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + firstLine(e) + "; usage: " + USAGE);
      System.exit(2);
    }
    try {
      limits.print();
    } catch (ForkException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }

  // A pattern's exception shows on further lines where it went wrong.
  private static String firstLine(IllegalArgumentException e) {
    return e instanceof PatternSyntaxException syntax
        ? "'" + syntax.getPattern() + "' is no pattern: " + syntax.getDescription()
        : e.getMessage();
  }

  private void parse(String[] args) {
    int next = 0;
    if (args.length > 1 && args[0].equals("--forks")) {
      if (!args[1].matches("[1-9][0-9]{0,2}")) {
        throw new IllegalArgumentException("--forks is a number from 1, not '" + args[1] + "'");
      }
      effort = effort.withForks(Integer.parseInt(args[1]));
      next = 2;
    }
    if (next < args.length) {
      pattern = Pattern.compile(args[next]);
      next++;
    }
    if (next < args.length) {
      throw new IllegalArgumentException("'" + args[next] + "' is too much");
    }
  }

  private void print() {
    boolean withNativeBlas = BlasChoice.hasNative();
    if (!withNativeBlas) {
      System.out.println("SKIPPED: native BLAS, as netlib finds none to load");
    }
    List<Target> targets =
        Target.all(withNativeBlas).stream()
            .filter(target -> pattern.matcher(target.comparison().name()).find())
            .toList();
    List<String> rows = new ArrayList<>();
    for (Target target : targets) {
      String row = row(target);
      // Seen at once: all of them take half an hour.
      System.err.println(row);
      rows.add(row);
    }
    System.out.printf(
        Locale.ROOT,
        "%n%d JVMs a ratio, %d turns in each; microseconds of ours and of the yardstick are medians%n%n",
        effort.forks(),
        effort.turns());
    System.out.println(
        "| ratio | target | median | from | to | reached | ours us | yardstick us |");
    System.out.println("|---|--:|--:|--:|--:|---|--:|--:|");
    rows.forEach(System.out::println);
  }

  private String row(Target target) {
    Measured measured = Trial.measure(target.comparison(), effort);
    Spread ratio = measured.ratio();
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.2f | %s | %.1f | %.1f |",
        target.comparison().name(),
        target.ratio(),
        ratio.median(),
        ratio.least(),
        ratio.greatest(),
        ratio.median() >= target.ratio() ? "yes" : "no",
        measured.oursMicros().median(),
        measured.yardstickMicros().median());
  }
}
