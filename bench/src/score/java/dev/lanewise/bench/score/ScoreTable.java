// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.score;

import dev.lanewise.bench.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link Score} on one and on eight threads, and prints a Markdown table. */
public final class ScoreTable {

  private static final int[] THREADS = {1, 8};

  private ScoreTable() {}

  /**
   * Runs the benchmark.
   *
   * @param args JMH's options
   */
  public static void main(String[] args) {
    List<RunResult> results = new ArrayList<>();
    try {
      for (int threads : THREADS) {
        results.addAll(
            new Runner(
                    new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .include("^" + Score.class.getName() + "\\.")
                        .threads(threads)
                        .shouldFailOnError(true)
                        .build())
                .run());
      }
    } catch (CommandLineOptionException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
    } catch (RunnerException e) {
      System.err.println("bench: a benchmark failed; its exception is above");
      System.exit(1);
    }
    System.out.printf(
        "%n| features | classes | threads | library | median ns | from | to | to Lanewise |%n");
    System.out.println("|--:|--:|--:|---|--:|--:|--:|--:|");
    results.forEach(result -> System.out.println(row(result, results)));
  }

  private static String row(RunResult result, List<RunResult> all) {
    Scores scores = Scores.of(result);
    double ours =
        all.stream()
            .filter(other -> problem(other).equals(problem(result)))
            .filter(other -> library(other).equals("lanewise"))
            .mapToDouble(other -> Scores.of(other).median())
            .findFirst()
            .orElse(Double.NaN);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.0f | %.0f | %.0f | %.1f |",
        problem(result),
        library(result),
        scores.median(),
        scores.least(),
        scores.greatest(),
        scores.median() / ours);
  }

  private static String problem(RunResult result) {
    return String.join(
        " | ",
        result.getParams().getParam("features"),
        result.getParams().getParam("classes"),
        Integer.toString(result.getParams().getThreads()));
  }

  private static String library(RunResult result) {
    return result.getParams().getParam("library");
  }
}
