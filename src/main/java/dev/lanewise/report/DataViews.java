package dev.lanewise.report;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Scaling;
import java.util.ArrayList;
import java.util.List;

/** Shows what a data set is. */
final class DataViews {

  /** Pictures of a gallery, of all classes together. */
  private static final int PICTURES = 24;

  /** Classes that are named; a page of thousands is read by nobody. */
  private static final int CLASSES = 24;

  private DataViews() {}

  static Page.DataView of(ReportData data) {
    Dataset dataset = data.dataset();
    int[] counts = dataset.counts();
    List<Page.Fact> facts = new ArrayList<>();
    facts.add(Page.Fact.of("Samples", Numbers.count(dataset.samples())));
    facts.add(Page.Fact.of("Shape of a sample", dataset.shape().toString()));
    facts.add(Page.Fact.of("Features", Numbers.count(dataset.width())));
    facts.add(Page.Fact.of("Format", dataset.origin().format()));
    facts.add(Page.Fact.of("Scaling", scaling(dataset.scaling())));
    dataset.question().ifPresent(asked -> facts.add(Page.Fact.of("Question", asked.toString())));
    if (dataset.weights().isPresent()) {
      facts.add(Page.Fact.of("Weights", "one for each sample; all counts here are unweighed"));
    }
    List<Page.ClassCount> classes = new ArrayList<>();
    for (int number : order(counts.length)) {
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
    return new Page.DataView(
        data.name(),
        dataset.origin().source(),
        facts,
        classes,
        more > 0 ? "and " + more + " classes more" : "",
        dataset.shape().isPicture() ? galleries(dataset, counts) : List.of());
  }

  private static String scaling(Scaling scaling) {
    return scaling == Scaling.PIXELS ? "pixels, 0 to 255 become 0 to 1" : "taken as they are";
  }

  /** Class 1 before class 0, as everywhere; of more classes the first few. */
  private static int[] order(int classes) {
    if (classes == 2) {
      return new int[] {1, 0};
    }
    int[] order = new int[Math.min(CLASSES, classes)];
    for (int number = 0; number < order.length; number++) {
      order[number] = number;
    }
    return order;
  }

  // Evenly from the beginning to the end of the file, so that nobody chose them.
  private static List<Page.Gallery> galleries(Dataset dataset, int[] counts) {
    Tiles tiles = new Tiles(dataset.shape());
    int[] labels = dataset.labels();
    List<Page.Gallery> galleries = new ArrayList<>();
    int[] order = order(counts.length);
    int each = Math.max(1, PICTURES / order.length);
    for (int number : order) {
      String name = dataset.classNames().get(number);
      List<Page.Image> images = new ArrayList<>();
      int shown = Math.min(each, counts[number]);
      long seen = 0;
      for (int j = 0; j < labels.length && images.size() < shown; j++) {
        if (labels[j] == number && seen++ == (long) images.size() * counts[number] / shown) {
          String alt = "%s, sample %d".formatted(name, j);
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
