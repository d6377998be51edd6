// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Model;
import dev.lanewise.model.StrongWeights;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/** Finds the samples that the model is surest of, the right and the wrong ones. */
final class SurestViews {

  /** The number of right samples, and of wrong samples, that are shown. */
  private static final int SHOWN = 8;

  /** The number of features that are shown for a sample of a table. */
  private static final int FEATURES = 4;

  private SurestViews() {}

  static Page.SurestView of(Assessment assessment, Model model) {
    return new Page.SurestView(
        assessment.name(), views(assessment, model, true), views(assessment, model, false));
  }

  private static List<Page.SampleView> views(Assessment assessment, Model model, boolean right) {
    // The least sure at the head, to be thrown out; of equals the later one.
    PriorityQueue<Integer> surest =
        new PriorityQueue<>(
            Comparator.<Integer>comparingDouble(assessment::sureness)
                .thenComparing(Comparator.reverseOrder()));
    for (int j = 0; j < assessment.samples(); j++) {
      if (assessment.right(j) == right && !Double.isNaN(assessment.sureness(j))) {
        surest.add(j);
        if (surest.size() > SHOWN) {
          surest.remove();
        }
      }
    }
    return surest.stream()
        .sorted(surest.comparator().reversed())
        .map(sample -> view(assessment, model, sample))
        .toList();
  }

  private static Page.SampleView view(Assessment assessment, Model model, int sample) {
    Dataset dataset = assessment.dataset();
    String actual = dataset.classNames().get(assessment.label(sample));
    String predicted = dataset.classNames().get(assessment.predicted(sample));
    String probability = probability(assessment.probability(sample));
    Page.Image image = null;
    if (dataset.shape().isPicture()) {
      String alt =
          String.format(
              Locale.ROOT,
              "sample %d, %s, predicted %s at %s",
              sample,
              actual,
              predicted,
              probability);
      image =
          new Tiles(dataset.shape())
              .sample(dataset.features().column(sample), dataset.scaling(), alt);
    }
    return new Page.SampleView(
        Integer.toString(sample),
        image,
        actual,
        predicted,
        probability,
        image == null ? values(assessment, model, sample) : "");
  }

  /** The features with the largest weights of the predicted class, as they were read. */
  private static String values(Assessment assessment, Model model, int sample) {
    DenseLayer layer = model.layers().getFirst();
    int neuron = !model.isLinear() || layer.units() == 1 ? 0 : assessment.predicted(sample);
    float[] features = assessment.dataset().features().column(sample);
    Optional<FeatureNames> names = model.schema().featureNames();
    return StrongWeights.features(layer.weights(neuron), FEATURES).stream()
        .map(
            feature ->
                names.map(all -> all.list().get(feature)).orElse("feature " + feature)
                    + " "
                    + Numbers.plain(shortest(features[feature])))
        .collect(Collectors.joining(", "));
  }

  /** The double of the float's shortest decimal, as files have it. */
  private static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  private static String probability(double probability) {
    // Nothing is certain that was rounded to be.
    return probability > 0.9999 ? "> 99.99 %" : Numbers.percent(probability);
  }
}
