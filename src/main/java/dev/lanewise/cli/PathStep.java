// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.train.Convergence;
import dev.lanewise.train.TrainingResult;
import java.util.Map;

/**
 * What one penalty of a path led to.
 *
 * @param test null where there are no test data
 */
record PathStep(double l2, TrainingResult result, Evaluation train, Evaluation test) {

  static PathStep of(
      double l2, TrainingResult result, Dataset train, Dataset test, Kernels kernels) {
    return new PathStep(
        l2,
        result,
        Evaluation.of(result.model(), train, kernels),
        test == null ? null : Evaluation.of(result.model(), test, kernels));
  }

  Map<String, Object> json() {
    Convergence end = result.convergence();
    return JsonParts.ordered(
        "l2", l2,
        "objective", end.objective(),
        "objectiveGap", Double.isFinite(end.objectiveGap()) ? end.objectiveGap() : null,
        "trainCost", train.cost(),
        "trainAccuracy", train.accuracy(),
        "testCost", test == null ? null : test.cost(),
        "testAccuracy", test == null ? null : test.accuracy(),
        "weightsNorm", result.model().weightsNorm(),
        "iterations", end.iterations(),
        "passes", end.passes(),
        "converged", end.converged(),
        "stopReason", end.stopReason().id(),
        "weightsSha256", result.model().weightsSha256(),
        "seconds", result.seconds());
  }
}
