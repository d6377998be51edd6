// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** How well a model does on labelled samples. Immutable. */
public final class Evaluation {

  private final ConfusionMatrix confusion;

  /** At index i, how many samples have i classes that are more probable than their own. */
  private final int[] ranks;

  private final int samples;
  private final double cost;

  private Evaluation(ConfusionMatrix confusion, int[] ranks, int samples, double cost) {
    this.confusion = confusion;
    this.ranks = ranks;
    this.samples = samples;
    this.cost = cost;
  }

  /**
   * Predicts every sample and compares with its label. A model that answers a question about many
   * classes is held against the answer that the sample's class is.
   *
   * @param model a trained model
   * @param dataset labelled samples as the model expects them
   * @param kernels what computes; changes no bit
   * @return the evaluation
   * @throws DataException if the samples have no labels or do not fit the model, or one is of a
   *     class that the model does not know
   */
  public static Evaluation of(Model model, Dataset dataset, Kernels kernels) {
    return of(model, dataset, kernels, null);
  }

  /** Receives each sample of two classes. */
  interface Listener {

    void evaluated(int sample, float score, int label, int predicted);
  }

  /**
   * Evaluates, and tells of each sample.
   *
   * @param listener null for none
   */
  static Evaluation of(Model model, Dataset dataset, Kernels kernels, Listener listener) {
    if (!dataset.isLabelled()) {
      throw new DataException(
          dataset.origin().source(), "there are no labels, expected one for each sample");
    }
    return model
        .schema()
        .withFeatures(dataset, "the model", data -> ofFeatures(model, data, kernels, listener));
  }

  private static Evaluation ofFeatures(
      Model model, Dataset dataset, Kernels kernels, Listener listener) {
    Dataset asked = model.schema().align(dataset, "the model");
    model.schema().require(asked, "the model");
    int classes = model.schema().classNames().size();
    int[] labels = asked.labels();
    int[] predicted = new int[labels.length];
    int[] ranks = new int[classes];
    double loss = 0;
    int step = model.samplesAtOnce();
    for (int from = 0, to; from < labels.length; from = to) {
      to = Math.min(labels.length - from, step) + from;
      Predictions predictions = model.predict(asked.part(from, to), kernels);
      for (int j = from; j < to; j++) {
        predicted[j] = predictions.predictedClass(j - from);
        ranks[predictions.rank(j - from, labels[j])]++;
        loss += predictions.loss(j - from, labels[j]);
        if (listener != null) {
          listener.evaluated(j, predictions.score(j - from), labels[j], predicted[j]);
        }
      }
    }
    return new Evaluation(
        new ConfusionMatrix(classes, labels, predicted),
        ranks,
        labels.length,
        loss / labels.length);
  }

  /**
   * m: the number of samples.
   *
   * @return at least 1
   */
  public int samples() {
    return samples;
  }

  /**
   * J of equation (4): the mean log-loss, in nats.
   *
   * @return at least 0
   */
  public double cost() {
    return cost;
  }

  /**
   * Which classes were taken for which, and what follows from it: precision, recall, F1.
   *
   * @return the counts, by the model's class numbers
   */
  public ConfusionMatrix confusion() {
    return confusion;
  }

  /**
   * How many predictions are right.
   *
   * @return from 0 to m
   */
  public int correct() {
    return confusion.correct();
  }

  /**
   * The share of right predictions.
   *
   * @return from 0 to 1
   */
  public double accuracy() {
    return (double) correct() / samples;
  }

  /**
   * The share of samples whose class is among the most probable ones.
   *
   * @param count how many classes count as the most probable, at least 1; 1 gives the accuracy
   * @return from 0 to 1
   */
  public double topAccuracy(int count) {
    long within = 0;
    for (int rank = 0; rank < Math.min(count, ranks.length); rank++) {
      within += ranks[rank];
    }
    return (double) within / samples;
  }

  /**
   * The mean of F1 over the classes.
   *
   * @return as {@link ConfusionMatrix#macroF1()}
   */
  public double macroF1() {
    return confusion.macroF1();
  }

  /**
   * Samples of class 1 that were predicted so, of two classes.
   *
   * @return the count
   * @throws IllegalStateException if there are more classes
   */
  public int truePositives() {
    return ofTwo(1, 1);
  }

  /**
   * Samples of class 0 that were predicted as class 1, of two classes.
   *
   * @return the count
   * @throws IllegalStateException if there are more classes
   */
  public int falsePositives() {
    return ofTwo(0, 1);
  }

  /**
   * Samples of class 0 that were predicted so, of two classes.
   *
   * @return the count
   * @throws IllegalStateException if there are more classes
   */
  public int trueNegatives() {
    return ofTwo(0, 0);
  }

  /**
   * Samples of class 1 that were predicted as class 0, of two classes.
   *
   * @return the count
   * @throws IllegalStateException if there are more classes
   */
  public int falseNegatives() {
    return ofTwo(1, 0);
  }

  private int ofTwo(int actual, int predicted) {
    if (confusion.classes() != 2) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT, "of %d classes none is the positive one", confusion.classes()));
    }
    return confusion.count(actual, predicted);
  }

  /** Two evaluations are equal if they say the same, to the bit. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Evaluation evaluation
        && samples == evaluation.samples
        && Double.compare(cost, evaluation.cost) == 0
        && Arrays.equals(ranks, evaluation.ranks)
        && confusion.equals(evaluation.confusion);
  }

  @Override
  public int hashCode() {
    return Objects.hash(samples, cost, Arrays.hashCode(ranks), confusion);
  }
}
