// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Standardization;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows what a data set is. */
final class DataViews {

  /** Pictures of two classes together. */
  private static final int PICTURES = 24;

  /** Of more than two classes. */
  private static final int PICTURES_OF_MANY = 72;

  private static final int MOST_OF_A_CLASS = 6;
  private static final int SIDE = 48;

  /** Classes that are counted one by one; a page of thousands is read by nobody. */
  private static final int CLASSES = 100;

  /** Classes that have a gallery; more of them would be most of the page. */
  private static final int GALLERIES = 36;

  private DataViews() {}

  /**
   * A data set as it was read.
   *
   * @param by how its features are standardised before they are learned from
   */
  static Page.DataView of(String name, Dataset dataset, Optional<Standardization> by) {
    int[] counts = dataset.counts();
    List<Page.Fact> facts = new ArrayList<>();
    facts.add(Page.Fact.of("Samples", Numbers.count(dataset.samples())));
    facts.add(Page.Fact.of("Shape of a sample", dataset.shape().toString()));
    facts.add(Page.Fact.of("Features", Numbers.count(dataset.width())));
    facts.add(Page.Fact.of("Format", dataset.origin().format()));
    facts.add(Page.Fact.of("Scaling", scaling(dataset.scaling(), by)));
    dataset.question().ifPresent(asked -> facts.add(Page.Fact.of("Question", asked.toString())));
    if (dataset.weights().isPresent()) {
      facts.add(Page.Fact.of("Weights", "one for each sample; all counts here are unweighed"));
    }
    List<Page.ClassCount> classes = new ArrayList<>();
    for (int number : order(counts.length, CLASSES)) {
      double share = Numbers.share(counts[number], dataset.samples());
      classes.add(
          new Page.ClassCount(
              dataset.classNames().get(number),
              Numbers.count(counts[number]),
              Numbers.percent(share),
              Math.round(share * 10_000) / 100.0,
              number == 1 ? 1 : 0));
    }
    int more = counts.length - classes.size();
    boolean pictures = dataset.shape().isPicture();
    return new Page.DataView(
        name,
        dataset.origin().source(),
        facts,
        classes,
        classes.size() > ManyVerdicts.LARGE,
        more > 0 ? String.format(Locale.ROOT, "and %s classes more", Numbers.count(more)) : "",
        pictures ? galleries(dataset, counts) : List.of(),
        pictures && counts.length > GALLERIES
            ? String.format(
                Locale.ROOT,
                "Pictures of the first %d of %s classes.",
                GALLERIES,
                Numbers.count(counts.length))
            : "");
  }

  private static String scaling(Scaling scaling, Optional<Standardization> by) {
    String text = scaling.isPixels() ? "pixels, 0 to 255 become 0 to 1" : "taken as they are";
    if (by.isEmpty()) {
      return text;
    }
    return by.get().isCentred()
        ? text + ", then standardised: mean 0, deviation 1 over the samples learned from"
        : text + ", then divided by their deviations over the samples learned from";
  }

  /** Class 1 before class 0, as everywhere; of more classes the first few. */
  private static int[] order(int classes, int most) {
    if (classes == 2) {
      return new int[] {1, 0};
    }
    int[] order = new int[Math.min(most, classes)];
    for (int number = 0; number < order.length; number++) {
      order[number] = number;
    }
    return order;
  }

  // Evenly from the beginning to the end of the file, so that nobody chose them.
  private static List<Page.Gallery> galleries(Dataset dataset, int[] counts) {
    boolean two = counts.length == 2;
    Tiles tiles = two ? new Tiles(dataset.shape()) : new Tiles(dataset.shape(), SIDE);
    int[] labels = dataset.labels();
    List<Page.Gallery> galleries = new ArrayList<>();
    int[] order = order(counts.length, GALLERIES);
    int each = two ? PICTURES / 2 : Math.min(MOST_OF_A_CLASS, PICTURES_OF_MANY / order.length);
    for (int number : order) {
      String name = dataset.classNames().get(number);
      List<Page.Image> images = new ArrayList<>();
      int shown = Math.min(each, counts[number]);
      long seen = 0;
      for (int j = 0; j < labels.length && images.size() < shown; j++) {
        if (labels[j] == number && seen++ == (long) images.size() * counts[number] / shown) {
          String alt = String.format(Locale.ROOT, "%s, sample %d", name, j);
          images.add(tiles.sample(dataset.features().column(j), dataset.scaling(), alt));
        }
      }
      if (!images.isEmpty()) {
        galleries.add(new Page.Gallery(name, images));
      }
    }
    return galleries;
  }
}
