// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trainings that tests compare. */
final class ClusterBits {

  static final RowColumns NUMBERED =
      new RowColumns("features", "label", Optional.empty(), Optional.of("number"));

  static final RowColumns BY_FILE =
      new RowColumns("features", "label", Optional.empty(), Optional.empty());

  private ClusterBits() {}

  static Hyperparameters descent() {
    return Hyperparameters.tutorial().withIterations(12).withEngine(EngineChoice.PRIMAL);
  }

  static Hyperparameters lbfgs() {
    return Hyperparameters.of(SolverChoice.LBFGS).withPenalty(Penalty.l2(1)).withIterations(15);
  }

  static Hyperparameters newton() {
    return Hyperparameters.of(SolverChoice.NEWTON).withPenalty(Penalty.l2(1));
  }

  static Hyperparameters network() {
    return lbfgs().withHidden(HiddenLayers.of(8)).withIterations(8);
  }

  static List<Hyperparameters> all() {
    return List.of(descent(), lbfgs(), newton(), network());
  }

  static TrainingResult here(Pictures pictures, Hyperparameters options) {
    try (dev.lanewise.data.Dataset data = pictures.here()) {
      return new LogisticRegression(options, Execution.ofThreads(1)).fit(data);
    }
  }

  static TrainingResult there(
      Dataset<Row> rows, RowColumns columns, int partitions, Hyperparameters options) {
    LayoutOptions layout = LayoutOptions.DEFAULT.withPartitions(partitions);
    try (ClusterData data = ClusterData.layOut(rows, columns, layout)) {
      return data.fit(options, Execution.ofThreads(1), TrainingListener.SILENT);
    }
  }

  static String digest(TrainingResult result) {
    return result.model().weightsSha256();
  }
}
