package dev.lanewise.bench;

import java.util.Collection;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * The times per operation of all measured iterations of all forks of one benchmark, ascending.
 *
 * @param sorted at least one time, in the benchmark's unit
 */
record Scores(double[] sorted) {

  static Scores of(RunResult result) {
    return new Scores(
        result.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(Collection::stream)
            .map(IterationResult::getPrimaryResult)
            .mapToDouble(primary -> primary.getScore())
            .sorted()
            .toArray());
  }

  /** What disturbs a benchmark can only make it slower, so this is the least disturbed. */
  double least() {
    return sorted[0];
  }

  double median() {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  double greatest() {
    return sorted[sorted.length - 1];
  }
}
