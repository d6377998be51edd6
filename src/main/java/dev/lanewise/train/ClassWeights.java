// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.ClassNames;
import dev.lanewise.data.Dataset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much the samples of a class count in training, beside what each sample weighs itself.
 *
 * <p>{@link #BALANCED} gives each class the same share: a sample of class k weighs n / (K n_k)
 * times its own weight, where n is the sum of all sample weights, n_k that of class k, and K the
 * number of classes with a sample of positive weight. A sample of weight 2 counts as two samples. A
 * class that is not named weighs 1.
 */
public final class ClassWeights {

  /** Every class weighs 1. */
  public static final ClassWeights NONE = new ClassWeights(false, Map.of());

  /** Every class has the same share. */
  public static final ClassWeights BALANCED = new ClassWeights(true, Map.of());

  private static final String BALANCED_ID = "balanced";

  private final boolean balanced;
  private final Map<String, Double> weights;

  private ClassWeights(boolean balanced, Map<String, Double> weights) {
    this.balanced = balanced;
    this.weights = new LinkedHashMap<>(weights);
  }

  /**
   * Weights by name.
   *
   * @param weights the weight of each class that does not weigh 1, by its name or, where the names
   *     are not numbers themselves, by its number; finite, at least 0
   * @return the weights
   * @throws IllegalArgumentException if a weight is out of range
   */
  public static ClassWeights of(Map<String, Double> weights) {
    weights.forEach(
        (name, weight) -> {
          if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "the weight of class '%s' is finite and at least 0, not %s",
                    name,
                    weight));
          }
        });
    return new ClassWeights(false, weights);
  }

  /**
   * Weights as the command line has them.
   *
   * @param text {@code balanced}, or {@code CLASS=WEIGHT,...}
   * @return the weights
   * @throws IllegalArgumentException if the text says neither, or a weight is out of range
   */
  public static ClassWeights parse(String text) {
    if (text.equals(BALANCED_ID)) {
      return BALANCED;
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.lastIndexOf('=');
      if (equals < 1
          || weights.put(part.substring(0, equals), number(text, part, equals)) != null) {
        throw unreadable(text);
      }
    }
    return of(weights);
  }

  private static double number(String text, String part, int equals) {
    try {
      return Double.parseDouble(part.substring(equals + 1));
    } catch (NumberFormatException e) {
      throw unreadable(text);
    }
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "class weights are 'balanced' or CLASS=WEIGHT,... with each class once, not '"
            + text
            + "'");
  }

  /**
   * Whether every class weighs 1.
   *
   * @return true for {@link #NONE}
   */
  public boolean isNone() {
    return !balanced && weights.isEmpty();
  }

  /**
   * Checks that every class that is named is there.
   *
   * @param classNames the names of the classes
   * @throws IllegalArgumentException if one is not
   */
  public void check(List<String> classNames) {
    byNumber(classNames);
  }

  /** Whether the classes of the data decide the weights. */
  boolean isBalanced() {
    return balanced;
  }

  /** The weight of each class of some data. */
  double[] of(Dataset data) {
    if (!balanced) {
      return byNumber(data.classNames());
    }
    int[] labels = data.labels();
    float[] weights = data.weights().orElse(null);
    double[] ofClasses = new double[data.classNames().size()];
    double all = 0;
    for (int j = 0; j < labels.length; j++) {
      double weight = weights == null ? 1 : weights[j];
      ofClasses[labels[j]] += weight;
      all += weight;
    }
    double present = Arrays.stream(ofClasses).filter(sum -> sum > 0).count();
    double[] found = new double[ofClasses.length];
    for (int k = 0; k < found.length; k++) {
      found[k] = ofClasses[k] == 0 ? 1 : all / (present * ofClasses[k]);
    }
    return found;
  }

  private double[] byNumber(List<String> classNames) {
    double[] found = new double[classNames.size()];
    Arrays.fill(found, 1);
    boolean[] named = new boolean[found.length];
    weights.forEach(
        (name, weight) -> {
          int k = number(name, classNames);
          if (named[k]) {
            throw new IllegalArgumentException(
                String.format(Locale.ROOT, "class '%s' has two weights", classNames.get(k)));
          }
          named[k] = true;
          found[k] = weight;
        });
    return found;
  }

  private static int number(String name, List<String> classNames) {
    return ClassNames.find(classNames, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "there is no class '%s' to weigh; the classes are %s",
                        name,
                        String.join(", ", classNames))));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return balanced
        ? BALANCED_ID
        : weights.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
  }
}
