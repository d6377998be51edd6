// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.select.SweepRun;
import dev.lanewise.train.TrainingResult;
import java.util.Map;
import java.util.Optional;

/** One run of a sweep, as programs read it: the same fields for each, in the same order. */
final class SweepRow {

  private SweepRow() {}

  static Map<String, Object> of(SweepRun run, boolean best) {
    Optional<TrainingResult> result = run.result();
    Optional<SweepRun.FoldScore> folds =
        run.folds().filter(score -> !Double.isNaN(score.logLoss()));
    return JsonParts.ordered(
        "learningRate", run.setting().learningRate(),
        "iterations", run.setting().iterations(),
        "seed", run.setting().seed(),
        "best", best,
        "failure", run.failure().orElse(null),
        "engine", result.map(TrainingResult::engine).orElse(null),
        "objective", result.map(end -> end.convergence().objective()).orElse(null),
        "trainCost", run.train().map(one -> one.cost()).orElse(null),
        "trainAccuracy", run.train().map(one -> one.accuracy()).orElse(null),
        "testCost", run.test().map(one -> one.cost()).orElse(null),
        "testAccuracy", run.test().map(one -> one.accuracy()).orElse(null),
        "foldsCost", folds.map(SweepRun.FoldScore::logLoss).orElse(null),
        "foldsDeviation", folds.map(SweepRun.FoldScore::deviation).orElse(null),
        "foldsAccuracy", folds.map(SweepRun.FoldScore::accuracy).orElse(null),
        "weightsSha256", result.map(end -> end.model().weightsSha256()).orElse(null),
        "seconds", result.map(TrainingResult::seconds).orElse(null));
  }
}
