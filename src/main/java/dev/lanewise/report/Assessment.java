// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.metric.ThresholdCounts;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a model says of a data set, and how right it is. */
final class Assessment {

  /** So many numbers of each kind are kept at once; for more the samples are predicted again. */
  private static final int MOST_KEPT = 1 << 23;

  private final ReportData data;
  private final int[] labels;
  private final int[] predicted;
  private final float[] sureness;
  private final float[] probabilities;
  private final List<ClassCurves> curves = new ArrayList<>();
  private ThresholdCounts thresholds;

  private Assessment(ReportData data) {
    this.data = data;
    this.labels = data.dataset().labels();
    this.predicted = new int[labels.length];
    this.sureness = new float[labels.length];
    this.probabilities = new float[labels.length];
  }

  static Assessment of(ReportData data, Model model, Kernels kernels) {
    Assessment assessment = new Assessment(data);
    assessment.fill(model, kernels);
    return assessment;
  }

  // Class 1 of two; of more classes each, some at a time.
  private void fill(Model model, Kernels kernels) {
    int classes = model.schema().classNames().size();
    int atOnce = Math.max(1, MOST_KEPT / labels.length);
    for (int from = classes == 2 ? 1 : 0, to; from < classes; from = to) {
      to = Math.min(classes - from, atOnce) + from;
      float[][] odds = new float[to - from][labels.length];
      float[][] ofClass = new float[to - from][labels.length];
      predict(model, kernels, from, odds, ofClass);
      for (int k = from; k < to; k++) {
        curves.add(curves(k, classes, odds[k - from], ofClass[k - from]));
      }
    }
  }

  private void predict(Model model, Kernels kernels, int first, float[][] odds, float[][] ofClass) {
    Dataset dataset = data.dataset();
    int step = model.samplesAtOnce();
    for (int from = 0, to; from < labels.length; from = to) {
      to = Math.min(labels.length - from, step) + from;
      Predictions predictions = model.predict(dataset.part(from, to), kernels);
      for (int j = from; j < to; j++) {
        float[] all = predictions.logOdds(j - from);
        predicted[j] = predictions.predictedClass(j - from);
        sureness[j] = all[predicted[j]];
        probabilities[j] = predictions.probability(j - from, predicted[j]);
        for (int k = 0; k < odds.length; k++) {
          odds[k][j] = all[first + k];
          ofClass[k][j] = predictions.probability(j - from, first + k);
        }
      }
    }
  }

  private ClassCurves curves(int classNumber, int classes, float[] odds, float[] ofClass) {
    int[] isIt = Arrays.stream(labels).map(label -> label == classNumber ? 1 : 0).toArray();
    if (classes > 2) {
      return ClassCurves.ofMany(odds, ofClass, isIt);
    }
    thresholds = ThresholdCounts.of(ofClass, isIt);
    return ClassCurves.ofOne(odds, ofClass, isIt);
  }

  String name() {
    return data.name();
  }

  /** The name in the numbers of the page: letters only, whatever the data are called. */
  String key(int number) {
    return "d" + number;
  }

  /** Whether the model was trained on these samples. */
  boolean isLearnedFrom() {
    return data.name().equals(Report.TRAINING);
  }

  Dataset dataset() {
    return data.dataset();
  }

  Evaluation evaluation() {
    return data.evaluation();
  }

  int samples() {
    return labels.length;
  }

  int label(int sample) {
    return labels[sample];
  }

  int predicted(int sample) {
    return predicted[sample];
  }

  boolean right(int sample) {
    return predicted[sample] == labels[sample];
  }

  /** How sure the model is of its prediction: the log-odds of the class that was predicted. */
  double sureness(int sample) {
    return sureness[sample];
  }

  /** The probability of the class that was predicted. */
  double probability(int sample) {
    return probabilities[sample];
  }

  /** What the slider shows; of two classes alone. */
  ThresholdCounts thresholds() {
    return thresholds;
  }

  /** Class 1 of two, against class 0. */
  ClassCurves curves() {
    return curves.get(0);
  }

  /** A class of more than two, against all others. */
  ClassCurves curves(int classNumber) {
    return curves.get(classNumber);
  }

  /** The mean over the classes for which there is an area; empty if there is none. */
  Optional<Double> meanRocArea() {
    return mean(curves.stream().flatMap(one -> one.rocArea().stream()).toList());
  }

  /** The mean over the classes for which there is one; empty if there is none. */
  Optional<Double> meanAveragePrecision() {
    return mean(curves.stream().flatMap(one -> one.averagePrecision().stream()).toList());
  }

  private static Optional<Double> mean(List<Double> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.stream().mapToDouble(value -> value).sum() / values.size());
  }
}
