// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A rule that chooses the probability above which class 1 is predicted.
 *
 * @param kind what is best
 * @param first the cost of a false positive, or the least precision; else 0
 * @param second the cost of a false negative; else 0
 */
public record ThresholdRule(Kind kind, double first, double second) {

  /** What the best threshold has. */
  public enum Kind {
    /** The highest F1 of class 1. */
    F1,
    /** The largest difference of true and false positive rate (Youden's J). */
    YOUDEN,
    /** The lowest cost of false positives and false negatives. */
    COST,
    /** The highest recall of those whose precision is high enough. */
    PRECISION
  }

  private static final String PRECISION = "precision>=";
  private static final String COST = "cost:";

  /** Checks that there is a kind. */
  public ThresholdRule {
    Objects.requireNonNull(kind, "kind");
  }

  /**
   * Reads a rule.
   *
   * @param text {@code f1}, {@code youden}, {@code cost:FP,FN} with two costs, or {@code
   *     precision>=P} with a precision above 0 and up to 1
   * @return the rule
   * @throws IllegalArgumentException if it is none of these
   */
  public static ThresholdRule parse(String text) {
    try {
      if (text.equals("f1")) {
        return new ThresholdRule(Kind.F1, 0, 0);
      }
      if (text.equals("youden")) {
        return new ThresholdRule(Kind.YOUDEN, 0, 0);
      }
      if (text.startsWith(PRECISION)) {
        double least = Double.parseDouble(text.substring(PRECISION.length()));
        if (least > 0 && least <= 1) {
          return new ThresholdRule(Kind.PRECISION, least, 0);
        }
      }
      String[] costs = text.startsWith(COST) ? text.substring(COST.length()).split(",", -1) : null;
      if (costs != null && costs.length == 2) {
        double ofPositive = Double.parseDouble(costs[0]);
        double ofNegative = Double.parseDouble(costs[1]);
        if (isCost(ofPositive) && isCost(ofNegative) && ofPositive + ofNegative > 0) {
          return new ThresholdRule(Kind.COST, ofPositive, ofNegative);
        }
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "a rule for a threshold is f1, youden, cost:FP,FN or precision>=P, not '" + text + "'");
  }

  private static boolean isCost(double cost) {
    return cost >= 0 && Double.isFinite(cost);
  }

  /**
   * Chooses the best threshold between the probabilities of some samples. Of equally good ones it
   * takes the highest.
   *
   * @param probabilities of class 1, one for each sample
   * @param labels as many, 0 or 1
   * @return from 0 to 1: half-way between two probabilities; 0 if class 1 is always predicted
   * @throws IllegalArgumentException if there are no samples, not as many labels, samples of one
   *     class only, or no threshold has the precision; the message says which
   */
  public float choose(float[] probabilities, int[] labels) {
    Ranking ranking = Ranking.of(probabilities, labels);
    if (ranking.positives() == 0 || ranking.negatives() == 0) {
      throw new IllegalArgumentException(
          "all samples are of one class, expected samples of both to choose a threshold");
    }
    float[] levels = descending(probabilities);
    // No sample is predicted as class 1 above 1.
    double best = kind == Kind.PRECISION ? -1 : value(0, 0, ranking);
    float threshold = 1;
    double mostPrecise = 0;
    for (int group = 0; group < ranking.groups() && levels[group] > 0; group++) {
      long found = ranking.truePositives(group);
      long wrong = ranking.falsePositives(group);
      mostPrecise = Math.max(mostPrecise, (double) found / (found + wrong));
      double value = value(found, wrong, ranking);
      if (value > best) {
        best = value;
        threshold = group + 1 < levels.length ? between(levels[group + 1], levels[group]) : 0;
      }
    }
    if (best < 0 && kind == Kind.PRECISION) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "no threshold has a precision of %s, the highest is %.4f; ask for less",
              first,
              mostPrecise));
    }
    return threshold;
  }

  /** The larger the better. */
  private double value(long found, long wrong, Ranking ranking) {
    long missed = ranking.positives() - found;
    return switch (kind) {
      case F1 -> 2.0 * found / (found + wrong + ranking.positives());
      case YOUDEN -> (double) found / ranking.positives() - (double) wrong / ranking.negatives();
      case COST -> -(first * wrong + second * missed);
      case PRECISION -> found >= first * (found + wrong) ? found : -1;
    };
  }

  /** The different probabilities, the highest first: one for each group of a ranking. */
  private static float[] descending(float[] probabilities) {
    float[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    int[] last =
        IntStream.range(0, sorted.length)
            .filter(j -> j + 1 == sorted.length || sorted[j] != sorted[j + 1])
            .toArray();
    float[] levels = new float[last.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = sorted[last[last.length - 1 - i]];
    }
    return levels;
  }

  // Between neighbouring floats there is none: then the lower one, above which the higher one is.
  private static float between(float low, float high) {
    float middle = (float) (((double) low + high) / 2);
    return middle < high ? middle : low;
  }
}
