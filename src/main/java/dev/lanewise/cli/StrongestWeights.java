// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.FeatureNames;
import dev.lanewise.model.Model;
import dev.lanewise.model.StrongWeights;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The features that speak most for or against a class, where features have names. */
final class StrongestWeights {

  private static final int FEATURES = 5;
  private static final int CLASSES = 20;

  private StrongestWeights() {}

  /** A line for each neuron: of two classes there is one, for class 1. */
  static void say(PrintWriter out, Model model) {
    String title = "Strongest";
    for (int k = 0; k < neurons(model); k++, title = "") {
      float[] weights = model.weights(k);
      StringJoiner text = new StringJoiner(", ");
      for (int i : StrongWeights.features(weights, FEATURES)) {
        text.add(names(model).get(i) + " " + Text.number(weights[i], 6));
      }
      Text.line(out, "%-10s %s: %s", title, className(model, k), text);
    }
  }

  /** The same as JSON; null where features have no names. */
  static List<Map<String, Object>> json(Model model) {
    if (model.schema().featureNames().isEmpty() || !model.isLinear()) {
      return null;
    }
    List<Map<String, Object>> all = new ArrayList<>();
    for (int k = 0; k < neurons(model); k++) {
      float[] weights = model.weights(k);
      for (int i : StrongWeights.features(weights, FEATURES)) {
        all.add(
            JsonParts.ordered(
                "class", className(model, k),
                "feature", names(model).get(i),
                "weight", weights[i]));
      }
    }
    return all;
  }

  private static int neurons(Model model) {
    boolean isShown = model.isLinear() && model.schema().featureNames().isPresent();
    return !isShown ? 0 : Math.min(model.columns(), CLASSES);
  }

  private static List<String> names(Model model) {
    return model.schema().featureNames().map(FeatureNames::list).orElseThrow();
  }

  private static String className(Model model, int neuron) {
    return model.schema().classNames().get(model.columns() == 1 ? 1 : neuron);
  }
}
