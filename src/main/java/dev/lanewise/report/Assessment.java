package dev.lanewise.report;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.Predictions;
import dev.lanewise.report.metric.ConfusionMatrix;
import dev.lanewise.report.metric.PrecisionRecallCurve;
import dev.lanewise.report.metric.Ranking;
import dev.lanewise.report.metric.Reliability;
import dev.lanewise.report.metric.RocCurve;
import dev.lanewise.report.metric.ThresholdCounts;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a model says of a data set, and how right it is. */
final class Assessment {

  private final ReportData data;
  private final int[] labels;
  private final int[] predicted;
  private final float[] scores;
  private final float[] probabilities;
  private final ConfusionMatrix confusion;
  private final ThresholdCounts thresholds;
  private final Optional<RocCurve> roc;
  private final Optional<PrecisionRecallCurve> precisionRecall;
  private final Reliability reliability;

  private Assessment(ReportData data, Predictions predictions) {
    this.data = data;
    this.labels = data.dataset().labels();
    int samples = labels.length;
    this.predicted = IntStream.range(0, samples).map(predictions::predictedClass).toArray();
    this.scores = new float[samples];
    this.probabilities = new float[samples];
    for (int j = 0; j < samples; j++) {
      scores[j] = predictions.score(j);
      probabilities[j] = predictions.probability(j);
    }
    this.confusion = ConfusionMatrix.of(labels, predicted, data.dataset().classNames().size());
    this.thresholds = ThresholdCounts.of(probabilities, labels);
    // Of the scores: probabilities near 1 are the same float where scores are not.
    Ranking ranking = Ranking.of(scores, labels);
    this.roc = RocCurve.of(ranking);
    this.precisionRecall = PrecisionRecallCurve.of(ranking);
    this.reliability = Reliability.of(probabilities, labels);
  }

  static Assessment of(ReportData data, Model model, Kernels kernels) {
    return new Assessment(data, model.predict(data.dataset(), kernels));
  }

  String name() {
    return data.name();
  }

  /** The name in the numbers of the page: letters only, whatever the data are called. */
  String key(int number) {
    return "d" + number;
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

  /** How sure the model is of its prediction: the higher the surer. */
  double sureness(int sample) {
    return Math.abs(scores[sample]);
  }

  /** The probability of the class that was predicted. */
  double probability(int sample) {
    double ofClassOne = probabilities[sample];
    return predicted[sample] == 1 ? ofClassOne : 1 - ofClassOne;
  }

  ConfusionMatrix confusion() {
    return confusion;
  }

  ThresholdCounts thresholds() {
    return thresholds;
  }

  Optional<RocCurve> roc() {
    return roc;
  }

  Optional<PrecisionRecallCurve> precisionRecall() {
    return precisionRecall;
  }

  Reliability reliability() {
    return reliability;
  }
}
