// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Isotonic calibration: of all functions of the score that do not fall, the one whose probabilities
 * have the least squared distance to the classes, found by pooling adjacent violators. Between two
 * knots it is a straight line, and beyond the first and the last a constant. Of n samples,
 * probabilities are kept at least 1 / (n + 2) from 0 and 1, so that no log-loss is infinite.
 *
 * @param scores of the knots, ascending, each once
 * @param probabilities of class 1 at the knots, between 0 and 1, not falling
 */
public record IsotonicCalibration(List<Double> scores, List<Double> probabilities)
    implements Calibration {

  /**
   * Checks the knots; the lists are copied.
   *
   * @throws IllegalArgumentException if they are not ascending, or no probabilities between 0 and 1
   */
  public IsotonicCalibration {
    scores = List.copyOf(scores);
    probabilities = List.copyOf(probabilities);
    boolean right = !scores.isEmpty() && scores.size() == probabilities.size();
    for (int i = 0; right && i < scores.size(); i++) {
      right = Double.isFinite(scores.get(i)) && probabilities.get(i) > 0;
      right &= probabilities.get(i) < 1;
      right &= i == 0 || scores.get(i) > scores.get(i - 1);
      right &= i == 0 || probabilities.get(i) >= probabilities.get(i - 1);
    }
    if (!right) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "knots of a calibration at %s with probabilities %s",
              scores,
              probabilities));
    }
  }

  static IsotonicCalibration of(double[] numbers) {
    int half = numbers.length / 2;
    List<Double> all = Arrays.stream(numbers).boxed().toList();
    return new IsotonicCalibration(all.subList(0, half), all.subList(half, numbers.length));
  }

  /** Samples with neighbouring scores that have one probability. */
  private record Pool(double first, double last, long ones, long count) {

    Pool with(Pool next) {
      return new Pool(first, next.last, ones + next.ones, count + next.count);
    }

    /** Whether its mean is at least that of the next pool. */
    boolean violates(Pool next) {
      // Counts are ints, so the products are exact.
      return ones * next.count >= next.ones * count;
    }

    double mean() {
      return (double) ones / count;
    }
  }

  static IsotonicCalibration fit(double[] scores, int[] labels) {
    Samples.requireBoth(scores.length, labels);
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> scores[j]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<Pool> pools = new ArrayList<>();
    for (int at = 0; at < order.length; ) {
      double score = scores[order[at]];
      Pool pool = new Pool(score, score, 0, 0);
      for (; at < order.length && scores[order[at]] == score; at++) {
        pool = pool.with(new Pool(score, score, labels[order[at]], 1));
      }
      while (!pools.isEmpty() && pools.getLast().violates(pool)) {
        pool = pools.removeLast().with(pool);
      }
      pools.add(pool);
    }
    double least = 1.0 / (scores.length + 2);
    List<Double> knots = new ArrayList<>();
    List<Double> probabilities = new ArrayList<>();
    for (Pool pool : pools) {
      double probability = Math.clamp(pool.mean(), least, 1 - least);
      knots.add(pool.first());
      probabilities.add(probability);
      if (pool.last() > pool.first()) {
        knots.add(pool.last());
        probabilities.add(probability);
      }
    }
    return new IsotonicCalibration(knots, probabilities);
  }

  /**
   * Returns the probability of class 1 at a score.
   *
   * @param score z
   * @return between 0 and 1; NaN if the score is not a number
   */
  public double probability(double score) {
    if (Double.isNaN(score)) {
      return score;
    }
    int size = scores.size();
    int found = Collections.binarySearch(scores, score);
    // The first knot beyond the score.
    int after = found >= 0 ? found + 1 : -found - 1;
    if (after == 0 || after == size) {
      return probabilities.get(Math.clamp(after - 1L, 0, size - 1));
    }
    double x0 = scores.get(after - 1);
    double y0 = probabilities.get(after - 1);
    double part = (score - x0) / (scores.get(after) - x0);
    return y0 + part * (probabilities.get(after) - y0);
  }

  @Override
  public Kind kind() {
    return Kind.ISOTONIC;
  }

  @Override
  public double score(double score) {
    double p = probability(score);
    return StrictMath.log(p) - StrictMath.log1p(-p);
  }

  @Override
  public List<Double> numbers() {
    List<Double> numbers = new ArrayList<>(scores);
    numbers.addAll(probabilities);
    return numbers;
  }
}
