package dev.lanewise.report;

import dev.lanewise.data.FeatureShape;
import dev.lanewise.model.Model;
import dev.lanewise.model.StrongWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Shows the weights of a neuron: as pictures where samples are, else the largest of them. */
final class WeightsViews {

  /** So many weights are named where there is no picture of them. */
  private static final int LARGEST = 20;

  private static final List<String> COLOURS = List.of("Red", "Green", "Blue", "Alpha");

  private WeightsViews() {}

  static Page.WeightsView of(Model model) {
    float[] weights = model.weights();
    FeatureShape shape = model.kind().shape();
    String name = model.kind().classNames().get(1);
    return shape.isPicture()
        ? new Page.WeightsView(name, range(weights), pictures(weights, shape, name), List.of())
        : new Page.WeightsView(name, range(weights), List.of(), table(model, weights));
  }

  private static String range(float[] weights) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float weight : weights) {
      low = Math.min(low, weight);
      high = Math.max(high, weight);
    }
    return "%s weights, from %s to %s"
        .formatted(Numbers.count(weights.length), Numbers.figures(low), Numbers.figures(high));
  }

  private static List<Page.WeightPicture> pictures(
      float[] weights, FeatureShape shape, String name) {
    Tiles tiles = new Tiles(shape);
    double largest = largest(weights);
    List<Page.WeightPicture> pictures = new ArrayList<>();
    if (tiles.channels() >= 3) {
      String alt = "the weights of all channels as one colour picture, grey where they are zero";
      pictures.add(
          new Page.WeightPicture("Together", tiles.weightsTogether(weights, largest, alt)));
    }
    for (int channel = 0; channel < tiles.channels(); channel++) {
      String title = tiles.channels() == 1 ? "Weights" : COLOURS.get(channel);
      String alt =
          "%s: red where a brighter pixel speaks for %s, blue where against"
              .formatted(title.equals("Weights") ? title : title + " channel", name);
      pictures.add(new Page.WeightPicture(title, tiles.weights(weights, channel, largest, alt)));
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

  private static List<List<String>> table(Model model, float[] weights) {
    IntFunction<String> name =
        model
            .kind()
            .featureNames()
            .<IntFunction<String>>map(names -> names.list()::get)
            .orElse(feature -> "feature " + feature);
    return largestFeatures(weights).stream()
        .map(feature -> List.of(name.apply(feature), Numbers.figures(weights[feature])))
        .toList();
  }

  /** The features of the weights that are shown, the largest weight first. */
  static List<Integer> largestFeatures(float[] weights) {
    return StrongWeights.features(weights, LARGEST);
  }
}
