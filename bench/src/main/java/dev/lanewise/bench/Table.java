// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks as JMH's own main class does, then prints the rows of a Markdown table. */
public final class Table {

  private static final String KERNEL = "kernel";

  private Table() {}

  /**
   * Runs benchmarks. The exit status is 1 if one failed its verification.
   *
   * @param args JMH's options
   */
  public static void main(String[] args) {
    try {
      print(
          new Runner(
                  new OptionsBuilder()
                      .parent(new CommandLineOptions(args))
                      .shouldFailOnError(true)
                      .build())
              .run());
    } catch (CommandLineOptionException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
    } catch (RunnerException e) {
      System.err.println("bench: a benchmark failed; its exception is above");
      System.exit(1);
    }
  }

  private static void print(Collection<RunResult> results) {
    Map<String, Double> scalarMedians =
        results.stream()
            .filter(result -> KernelBenchmark.SCALAR.equals(kernel(result)))
            .collect(Collectors.toMap(Table::problem, result -> Scores.of(result).median()));
    System.out.printf(
        Locale.ROOT, "%n| benchmark | kernel | median us | from | to | scalar / this |%n");
    System.out.printf(Locale.ROOT, "|---|---|--:|--:|--:|--:|%n");
    for (RunResult result : results) {
      Scores scores = Scores.of(result);
      Double scalar = kernel(result) == null ? null : scalarMedians.get(problem(result));
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.1f | %.1f | %.1f | %s |%n",
          problem(result),
          kernel(result) == null ? "" : kernel(result),
          scores.median(),
          scores.least(),
          scores.greatest(),
          scalar == null ? "" : String.format(Locale.ROOT, "%.2f", scalar / scores.median()));
    }
  }

  private static String kernel(RunResult result) {
    return result.getParams().getParam(KERNEL);
  }

  /** Everything about a result but its kernel. */
  private static String problem(RunResult result) {
    BenchmarkParams params = result.getParams();
    Map<String, String> others = new TreeMap<>();
    for (String name : params.getParamsKeys()) {
      if (!name.equals(KERNEL)) {
        others.put(name, params.getParam(name));
      }
    }
    String benchmark = params.getBenchmark();
    String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
    return others.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" ", method + " ", ""));
  }
}
