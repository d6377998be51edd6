// SPDX-License-Identifier: Apache-2.0
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
public record Scores(double[] sorted) {

  /**
   * Collects the times.
   *
   * @param result of one benchmark
   * @return its times
   */
  public static Scores of(RunResult result) {
    return new Scores(
        result.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(Collection::stream)
            .map(IterationResult::getPrimaryResult)
            .mapToDouble(primary -> primary.getScore())
            .sorted()
            .toArray());
  }

  /**
   * Returns the least time. A disturbance can only make a benchmark slower.
   *
   * @return in the benchmark's unit
   */
  public double least() {
    return sorted[0];
  }

  /**
   * Returns the median.
   *
   * @return in the benchmark's unit
   */
  public double median() {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /**
   * Returns the greatest time.
   *
   * @return in the benchmark's unit
   */
  public double greatest() {
    return sorted[sorted.length - 1];
  }
}
