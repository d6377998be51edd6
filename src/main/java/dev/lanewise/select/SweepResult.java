// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The result of a sweep.
 *
 * @param runs in the order of the settings
 * @param best the index of the best run: with folds, that of the lowest log-loss on them; else with
 *     test data, that of the highest test accuracy, then of the lowest test cost; else that of the
 *     lowest training cost; the first of several; empty if all runs failed
 */
public record SweepResult(List<SweepRun> runs, OptionalInt best) {

  /** A result; the list is copied. */
  public SweepResult {
    runs = List.copyOf(runs);
  }

  static SweepResult of(List<SweepRun> runs) {
    // A log-loss that is not a number comes last in the order of doubles.
    Comparator<SweepRun> order =
        Comparator.comparing((SweepRun run) -> !run.succeeded())
            .thenComparingDouble(
                run -> run.folds().map(SweepRun.FoldScore::logLoss).orElse(Double.NaN))
            .thenComparingDouble(run -> run.test().map(test -> -test.accuracy()).orElse(0.0))
            .thenComparingDouble(run -> run.test().or(run::train).map(e -> e.cost()).orElse(0.0));
    Optional<Integer> first =
        IntStream.range(0, runs.size())
            .boxed()
            .min(Comparator.comparing(runs::get, order))
            .filter(place -> runs.get(place).succeeded());
    return new SweepResult(runs, first.map(OptionalInt::of).orElseGet(OptionalInt::empty));
  }
}
