package dev.lanewise.select;

import dev.lanewise.model.Evaluation;
import dev.lanewise.train.TrainingResult;
import java.util.Optional;

/**
 * What came of a setting.
 *
 * @param setting how it was trained
 * @param result the training on all samples; empty where it failed
 * @param train how well it does on the samples it learned from; empty where it failed
 * @param test how well it does on other samples; empty where it failed, or there are none
 * @param folds what folds say; empty where it failed, or there are none
 * @param failure why training failed; empty where it did not
 */
public record SweepRun(
    Setting setting,
    Optional<TrainingResult> result,
    Optional<Evaluation> train,
    Optional<Evaluation> test,
    Optional<FoldScore> folds,
    Optional<String> failure) {

  /**
   * What folds say about a setting.
   *
   * @param logLoss the mean over the folds of the mean log-loss of the samples held out; NaN where
   *     training without one of them diverged
   * @param deviation the standard deviation of that over the folds
   * @param accuracy the mean over the folds of the accuracy on the samples held out
   */
  public record FoldScore(double logLoss, double deviation, double accuracy) {}

  /**
   * Whether training came to an end.
   *
   * @return false where it diverged, or memory was short
   */
  public boolean succeeded() {
    return result.isPresent();
  }
}
