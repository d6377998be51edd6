// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.Dataset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/** Finds the samples that the model is surest of, the right and the wrong ones. */
final class SurestViews {

  /** So many right and so many wrong ones. */
  private static final int SHOWN = 8;

  private SurestViews() {}

  static Page.SurestView of(Assessment assessment) {
    return new Page.SurestView(
        assessment.name(), views(assessment, true), views(assessment, false));
  }

  private static List<Page.SampleView> views(Assessment assessment, boolean right) {
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
        .map(sample -> view(assessment, sample))
        .toList();
  }

  private static Page.SampleView view(Assessment assessment, int sample) {
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
    return new Page.SampleView(Integer.toString(sample), image, actual, predicted, probability);
  }

  private static String probability(double probability) {
    // Nothing is certain that was rounded to be.
    return probability > 0.9999 ? "> 99.99 %" : Numbers.percent(probability);
  }
}
