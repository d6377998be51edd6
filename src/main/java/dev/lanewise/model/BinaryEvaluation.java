// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Functions;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.metric.BinaryMetrics;
import dev.lanewise.metric.Bootstrap;
import java.util.Map;

/**
 * How well a model of two classes does on labelled samples: what needs the scores of all of them.
 * Immutable.
 */
public final class BinaryEvaluation {

  private final Evaluation evaluation;
  private final BinaryMetrics metrics;
  private final float[] scores;
  private final int[] labels;
  private final int[] predicted;

  private BinaryEvaluation(
      Evaluation evaluation, BinaryMetrics metrics, float[] scores, int[] labels, int[] predicted) {
    this.evaluation = evaluation;
    this.metrics = metrics;
    this.scores = scores;
    this.labels = labels;
    this.predicted = predicted;
  }

  /**
   * Predicts every sample and compares with its label, as {@link Evaluation#of}.
   *
   * @param model a trained model of two classes
   * @param dataset labelled samples as the model expects them
   * @param kernels what computes; changes no bit
   * @return the evaluation; if a score overflows float32, so that a cost is not a number, there are
   *     no metrics to rely on
   * @throws DataException as {@link Evaluation#of}
   * @throws IllegalStateException if the model has more classes
   */
  public static BinaryEvaluation of(Model model, Dataset dataset, Kernels kernels) {
    if (model.multiClass().isPresent()) {
      throw new IllegalStateException("a model of more classes than two");
    }
    float[] scores = new float[dataset.samples()];
    int[] labels = new int[dataset.samples()];
    int[] predicted = new int[dataset.samples()];
    Evaluation evaluation =
        Evaluation.of(
            model,
            dataset,
            kernels,
            (sample, score, label, prediction) -> {
              scores[sample] = score;
              labels[sample] = label;
              predicted[sample] = prediction;
            });
    return new BinaryEvaluation(
        evaluation, BinaryMetrics.of(scores, labels, predicted), scores, labels, predicted);
  }

  /**
   * What {@link Evaluation#of} says of the same samples.
   *
   * @return accuracy, cost, confusion matrix
   */
  public Evaluation evaluation() {
    return evaluation;
  }

  /**
   * The metrics of scores and predictions.
   *
   * @return the metrics; predictions are those of the model's threshold
   */
  public BinaryMetrics metrics() {
    return metrics;
  }

  /**
   * The probability of class 1 of each sample.
   *
   * @return a new array
   */
  public float[] probabilities() {
    float[] probabilities = new float[scores.length];
    for (int j = 0; j < scores.length; j++) {
      probabilities[j] = Functions.sigmoid(scores[j]);
    }
    return probabilities;
  }

  /**
   * The class of each sample.
   *
   * @return a new array of 0 and 1
   */
  public int[] labels() {
    return labels.clone();
  }

  /**
   * Intervals of the metrics by the bootstrap.
   *
   * @param draws how many, at least 2
   * @param seed of the draws
   * @return an interval of 95 % for each metric, by its name
   * @throws IllegalArgumentException if there are too few or too many draws
   */
  public Map<String, Bootstrap.Interval> intervals(int draws, long seed) {
    return Bootstrap.intervals(scores, labels, predicted, draws, seed);
  }
}
