// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.model.Evaluation;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.TrainingResult;
import java.nio.file.Path;

/**
 * All there is to tell of a run.
 *
 * @param test null if there were no test data, and {@code testEvaluation} with it
 * @param modelFile null if no model was to be written
 * @param reportFile null if no page was
 * @param plotFile null if the cost was not to be drawn
 */
record FinishedTraining(
    Dataset train,
    Dataset test,
    Hyperparameters options,
    TrainingResult result,
    Evaluation trainEvaluation,
    Evaluation testEvaluation,
    Path modelFile,
    Path reportFile,
    Path plotFile,
    Before before,
    double totalSeconds) {

  /** Seconds before training: to read the data, and until the kernels were compiled. */
  record Before(double loadSeconds, double warmUpSeconds) {}
}
