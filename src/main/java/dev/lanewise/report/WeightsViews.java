// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Model;
import dev.lanewise.model.StrongWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows weights: as pictures where samples are, else the largest of each neuron. */
final class WeightsViews {

  /** So many weights of a neuron are named where there is no picture of them. */
  private static final int LARGEST = 20;

  /** The longest side of the picture of a class, of some classes and of many. */
  private static final int SIDE = 64;

  private static final int SMALL_SIDE = 32;
  private static final int MOST_UNITS = 40;

  private static final List<String> COLOURS = List.of("Red", "Green", "Blue", "Alpha");

  private WeightsViews() {}

  /** One of the largest weights, and the name or number of its feature. */
  record Largest(String feature, float weight) {

    String text() {
      return Numbers.figures(weight);
    }
  }

  static Page.WeightsView ofTwo(Model model) {
    float[] weights = model.weights();
    FeatureShape shape = model.schema().shape();
    String name = model.schema().classNames().get(1);
    List<float[]> all = List.of(weights);
    return new Page.WeightsView(
        false,
        List.of(),
        range(all, "class") + scale(model),
        name,
        false,
        shape.isPicture() ? pictures(weights, shape, name) : List.of(),
        shape.isPicture() ? List.of() : List.of(table(model, 0, name)));
  }

  static Page.WeightsView ofMany(Model model, List<Integer> classes) {
    FeatureShape shape = model.schema().shape();
    List<String> names = model.schema().classNames();
    List<float[]> weights = classes.stream().map(model::weights).toList();
    List<Page.WeightPicture> pictures = new ArrayList<>();
    List<Page.LargestWeights> tables = new ArrayList<>();
    boolean colours = false;
    if (shape.isPicture()) {
      Tiles tiles = new Tiles(shape, classes.size() > ManyVerdicts.LARGE ? SMALL_SIDE : SIDE);
      colours = tiles.channels() >= 3;
      double largest = weights.stream().mapToDouble(WeightsViews::largest).max().orElse(0);
      for (int place = 0; place < classes.size(); place++) {
        int k = classes.get(place);
        String alt = "the weights of " + names.get(k);
        pictures.add(
            new Page.WeightPicture(
                names.get(k),
                "bias " + Numbers.figures(model.bias(k)),
                colours
                    ? tiles.weightsTogether(weights.get(place), largest, alt)
                    : tiles.weights(weights.get(place), 0, largest, alt)));
      }
    } else {
      for (int place = 0; place < classes.size(); place++) {
        tables.add(table(model, classes.get(place), names.get(classes.get(place))));
      }
    }

    return new Page.WeightsView(
        false,
        classes.stream().map(names::get).map(Headings::isolated).toList(),
        range(weights, "class") + scale(model),
        "",
        colours,
        pictures,
        tables);
  }

  /** The first units of the first layer of a network. */
  static Page.WeightsView ofNetwork(Model model) {
    DenseLayer layer = model.layers().getFirst();
    FeatureShape shape = model.schema().shape();
    int shown = shownUnits(model);
    List<String> names = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    for (int k = 0; k < shown; k++) {
      names.add("unit " + (k + 1));
      weights.add(layer.weights(k));
    }
    List<Page.WeightPicture> pictures = new ArrayList<>();
    List<Page.LargestWeights> tables = new ArrayList<>();
    boolean colours = false;
    if (shape.isPicture()) {
      Tiles tiles = new Tiles(shape, shown > ManyVerdicts.LARGE ? SMALL_SIDE : SIDE);
      colours = tiles.channels() >= 3;
      for (int k = 0; k < shown; k++) {
        // Each by its own largest weight: units differ in scale, and the picture is of a pattern.
        double largest = largest(weights.get(k));
        String alt = "the weights of " + names.get(k);
        pictures.add(
            new Page.WeightPicture(
                names.get(k),
                "bias " + Numbers.figures(layer.bias(k)),
                colours
                    ? tiles.weightsTogether(weights.get(k), largest, alt)
                    : tiles.weights(weights.get(k), 0, largest, alt)));
      }
    } else {
      for (int k = 0; k < shown; k++) {
        tables.add(table(model, k, names.get(k)));
      }
    }
    String of =
        shown < layer.units()
            ? String.format(
                Locale.ROOT,
                "Layer 1, the first %d of %s units",
                shown,
                Numbers.count(layer.units()))
            : String.format(Locale.ROOT, "Layer 1, %d units", shown);
    return new Page.WeightsView(
        true,
        names,
        of + ": " + range(weights, "unit") + scale(model),
        "",
        colours,
        pictures,
        tables);
  }

  /** How many units of the first layer a page shows. */
  static int shownUnits(Model model) {
    return Math.min(model.layers().getFirst().units(), MOST_UNITS);
  }

  private static String range(List<float[]> columns, String what) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float[] weights : columns) {
      for (float weight : weights) {
        low = Math.min(low, weight);
        high = Math.max(high, weight);
      }
    }
    return String.format(
        Locale.ROOT,
        "%s weights%s, from %s to %s",
        Numbers.count(columns.get(0).length),
        columns.size() > 1 ? " for each " + what : "",
        Numbers.figures(low),
        Numbers.figures(high));
  }

  /** What a weight is the weight of. */
  private static String scale(Model model) {
    return model.schema().standardization().isEmpty()
        ? ""
        : ". The features are standardised: a weight is per standard deviation of its feature";
  }

  private static List<Page.WeightPicture> pictures(
      float[] weights, FeatureShape shape, String name) {
    Tiles tiles = new Tiles(shape);
    double largest = largest(weights);
    List<Page.WeightPicture> pictures = new ArrayList<>();
    if (tiles.channels() >= 3) {
      String alt = "the weights of all channels as one colour picture, grey where they are zero";
      pictures.add(
          new Page.WeightPicture("Together", "", tiles.weightsTogether(weights, largest, alt)));
    }
    for (int channel = 0; channel < tiles.channels(); channel++) {
      String title = tiles.channels() == 1 ? "Weights" : COLOURS.get(channel);
      String alt =
          String.format(
              Locale.ROOT,
              "%s: red where a brighter pixel raises the score of %s, blue where it lowers it",
              title.equals("Weights") ? title : title + " channel",
              name);
      pictures.add(
          new Page.WeightPicture(title, "", tiles.weights(weights, channel, largest, alt)));
    }
    return pictures;
  }

  private static double largest(float[] weights) {
    double largest = 0;
    for (float weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    return largest;
  }

  private static Page.LargestWeights table(Model model, int column, String name) {
    return new Page.LargestWeights(
        name,
        largestOf(model, column).stream().map(one -> List.of(one.feature(), one.text())).toList());
  }

  /** The largest weights of a unit of the first layer, the largest first. */
  static List<Largest> largestOf(Model model, int column) {
    float[] weights = model.layers().getFirst().weights(column);
    Optional<FeatureNames> names = model.schema().featureNames();
    return StrongWeights.features(weights, LARGEST).stream()
        .map(
            feature ->
                new Largest(
                    names.map(all -> all.list().get(feature)).orElse(Integer.toString(feature)),
                    weights[feature]))
        .toList();
  }
}
