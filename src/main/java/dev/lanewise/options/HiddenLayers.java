// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.options;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The hidden layers of a network, between the features and the outputs.
 *
 * @param units how many units each layer has, from the features to the outputs; empty for logistic
 *     and softmax regression
 * @param activation what hidden units make of their z; ignored without hidden layers
 * @param dropout the probability that a hidden unit is left out for a sample of a batch, from 0 to
 *     below 1
 */
public record HiddenLayers(List<Integer> units, Activation activation, double dropout) {

  /** Logistic and softmax regression: no hidden layers. */
  public static final HiddenLayers NONE = new HiddenLayers(List.of(), Activation.RELU, 0);

  /** The most units of a layer. */
  public static final int MOST_UNITS = 1 << 20;

  /**
   * Hidden layers; the list is copied.
   *
   * @throws IllegalArgumentException if a layer has no units or too many, or the dropout is out of
   *     range; the message names it
   */
  public HiddenLayers {
    units = List.copyOf(units);
    Objects.requireNonNull(activation, "activation");
    for (int l = 0; l < units.size(); l++) {
      if (units.get(l) < 1 || units.get(l) > MOST_UNITS) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "hidden layer %d has %d units, expected 1 to %d",
                l + 1,
                units.get(l),
                MOST_UNITS));
      }
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "the dropout is at least 0 (none) and below 1, not " + dropout);
    }
  }

  /**
   * Returns hidden layers with ReLU and without dropout.
   *
   * @param units how many units each layer has, from the features to the outputs
   * @return the layers
   */
  public static HiddenLayers of(int... units) {
    return new HiddenLayers(Arrays.stream(units).boxed().toList(), Activation.RELU, 0);
  }

  /**
   * Returns the same layers with another activation.
   *
   * @param other what hidden units make of their z
   * @return new options
   */
  public HiddenLayers withActivation(Activation other) {
    return new HiddenLayers(units, other, dropout);
  }

  /**
   * Returns the same layers with dropout.
   *
   * @param probability from 0 to below 1
   * @return new options
   */
  public HiddenLayers withDropout(double probability) {
    return new HiddenLayers(units, activation, probability);
  }

  /**
   * Tells whether there are no hidden layers.
   *
   * @return true for logistic and softmax regression
   */
  public boolean isNone() {
    return units.isEmpty();
  }

  /**
   * Returns the values that the weights depend on, by the names of the command line.
   *
   * @return the values that apply; empty without hidden layers
   */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    if (!isNone()) {
      map.put("hidden", units.stream().map(String::valueOf).collect(Collectors.joining(",")));
      map.put("activation", activation.id());
      if (dropout > 0) {
        map.put("dropout", Double.toString(dropout));
      }
    }
    return map;
  }
}
