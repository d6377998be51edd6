// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.model.Evaluation;
import dev.lanewise.train.TrainingResult;
import java.util.Optional;

/**
 * The result of a setting.
 *
 * @param setting how it was trained
 * @param result the training on all samples; empty if it failed
 * @param train the evaluation on the training samples; empty if training failed
 * @param test the evaluation on the test samples; empty if training failed or there are none
 * @param folds the scores on the folds; empty if training failed or there are none
 * @param failure the reason of a failure; empty if training succeeded
 */
public record SweepRun(
    Setting setting,
    Optional<TrainingResult> result,
    Optional<Evaluation> train,
    Optional<Evaluation> test,
    Optional<FoldScore> folds,
    Optional<String> failure) {

  /**
   * The scores of a setting on folds.
   *
   * @param logLoss the mean over the folds of the mean log-loss of the samples held out; NaN where
   *     training without one of them diverged
   * @param deviation the standard deviation of that over the folds
   * @param accuracy the mean over the folds of the accuracy on the samples held out
   */
  public record FoldScore(double logLoss, double deviation, double accuracy) {}

  /**
   * Whether the training on all samples succeeded.
   *
   * @return false if it diverged or there was not enough memory
   */
  public boolean succeeded() {
    return result.isPresent();
  }
}
