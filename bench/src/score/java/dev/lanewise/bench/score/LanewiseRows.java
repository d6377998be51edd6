// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.score;

import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.model.DataProvenance;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.model.Provenance;
import dev.lanewise.model.Scorer;
import java.util.Map;
import java.util.stream.IntStream;

/** Lanewise's scorer. */
final class LanewiseRows implements RowModel {

  private final LinearProblem problem;
  private final Scorer scorer;

  LanewiseRows(LinearProblem problem) {
    this.problem = problem;
    this.scorer = model(problem).scorer();
  }

  static Model model(LinearProblem problem) {
    Schema schema =
        new Schema(
            FeatureShape.of(problem.features()),
            Scaling.NONE,
            IntStream.range(0, problem.classes()).mapToObj(String::valueOf).toList());
    Provenance provenance =
        Provenance.now(
            "primal",
            "scalar",
            1,
            1,
            Map.of(),
            new DataProvenance("drawn", "00".repeat(32), LinearProblem.ROWS, problem.features()));
    return problem.classes() == 2
        ? new Model(problem.weights()[1], problem.biases()[1], schema, provenance)
        : new Model(problem.weights(), problem.biases(), MultiClass.SOFTMAX, schema, provenance);
  }

  @Override
  public Caller caller() {
    float[] result = new float[problem.classes()];
    return row -> {
      scorer.probabilities(problem.rows()[row], result);
      return result[1];
    };
  }

  @Override
  public double expected(int row) {
    return problem.expected(row);
  }
}
