// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.util.Optional;

/** Makes the problem that training on a data set minimises. */
final class TrainingProblem {

  private TrainingProblem() {}

  /**
   * Returns the problem of a data set.
   *
   * @param workspace gives the memory of y and s, which a dry run leaves empty
   * @throws DataException if every sample weighs 0
   */
  static Problem of(Workspace workspace, Dataset train, Hyperparameters options) {
    FloatMatrix y = workspace.floats(train.samples(), 1);
    int[] labels = train.labels();
    for (int j = 0; j < labels.length && !workspace.isDryRun(); j++) {
      y.set(j, 0, labels[j]);
    }
    FloatMatrix s = weights(workspace, train, options.classWeights());
    boolean pixels = train.scaling().isPixels() && train.standardization().isEmpty();
    return new Problem(
        train.features(),
        y,
        s,
        options.penalty(),
        options.hidden(),
        outputs(train),
        pixels,
        options.intercept());
  }

  /** Returns the number of outputs: 1 for two classes, else one for each class. */
  static int outputs(Dataset train) {
    int classes = train.classNames().size();
    return classes <= 2 ? 1 : classes;
  }

  // The weight of a sample times that of its class, rounded once.
  private static FloatMatrix weights(
      Workspace workspace, Dataset train, ClassWeights classWeights) {
    Optional<float[]> ofSamples = train.weights();
    if (ofSamples.isEmpty() && classWeights.isNone()) {
      return null;
    }
    FloatMatrix s = workspace.floats(train.samples(), 1);
    if (workspace.isDryRun()) {
      return s;
    }
    double[] ofClasses = classWeights.of(train);
    int[] labels = train.labels();
    boolean all = true;
    for (int j = 0; j < labels.length; j++) {
      double own = ofSamples.isEmpty() ? 1 : ofSamples.get()[j];
      s.set(j, 0, Problem.weight(own, ofClasses[labels[j]]));
      all &= s.get(j, 0) == 0;
    }
    if (all) {
      throw new DataException(
          train.origin().source(),
          "every sample weighs 0 with its class, expected at least one above");
    }
    return s;
  }
}
