package dev.lanewise.model;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Functions;
import dev.lanewise.kernel.Kernels;

/**
 * How well a model does on labelled samples.
 *
 * @param samples m
 * @param truePositives samples of class 1 that were predicted so
 * @param falsePositives samples of class 0 that were predicted as class 1
 * @param trueNegatives samples of class 0 that were predicted so
 * @param falseNegatives samples of class 1 that were predicted as class 0
 * @param cost J of equation (4): the mean log-loss, in nats
 */
public record Evaluation(
    int samples,
    int truePositives,
    int falsePositives,
    int trueNegatives,
    int falseNegatives,
    double cost) {

  /**
   * Predicts every sample and compares with its label. A model that answers a question about many
   * classes is held against the answer that the sample's class is.
   *
   * @param model a trained model
   * @param dataset labelled samples as the model expects them
   * @param kernels what computes; changes no bit
   * @return the evaluation
   * @throws DataException if the samples have no labels or do not fit the model
   */
  public static Evaluation of(Model model, Dataset dataset, Kernels kernels) {
    if (!dataset.isLabelled()) {
      throw new DataException(
          dataset.origin().source(), "there are no labels, expected one for each sample");
    }
    Dataset asked = model.kind().align(dataset, "the model");
    model.kind().require(asked, "the model");
    Predictions predictions = model.predict(asked, kernels);
    int[] labels = asked.labels();
    int[][] counts = new int[2][2];
    double loss = 0;
    for (int j = 0; j < labels.length; j++) {
      counts[labels[j]][predictions.predictedClass(j)]++;
      // (3), computed from z and never from a.
      loss += Functions.softplus(labels[j] == 1 ? -predictions.score(j) : predictions.score(j));
    }
    return new Evaluation(
        labels.length,
        counts[1][1],
        counts[0][1],
        counts[0][0],
        counts[1][0],
        loss / labels.length);
  }

  /**
   * How many predictions are right.
   *
   * @return from 0 to m
   */
  public int correct() {
    return truePositives + trueNegatives;
  }

  /**
   * The share of right predictions.
   *
   * @return from 0 to 1
   */
  public double accuracy() {
    return (double) correct() / samples;
  }
}
