// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.kernel.Functions;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a model says of m samples. Immutable.
 *
 * <p>Made by {@link Model#predict}.
 */
public final class Predictions {

  /** Of two classes, class 1 is predicted above this probability unless a model has another. */
  public static final float THRESHOLD = 0.5f;

  /** Null for two classes. */
  private final MultiClass multiClass;

  /** By columns: one for two classes, else one a class. */
  private final float[][] scores;

  private final float[][] probabilities;

  private final float threshold;

  Predictions(MultiClass multiClass, float[][] scores, float[][] probabilities, float threshold) {
    this.threshold = threshold;
    this.multiClass = multiClass;
    this.scores = scores;
    this.probabilities = probabilities;
  }

  /**
   * The number of samples.
   *
   * @return m
   */
  public int size() {
    return probabilities[0].length;
  }

  /**
   * The number of classes.
   *
   * @return K, at least 2
   */
  public int classes() {
    return multiClass == null ? 2 : scores.length;
  }

  /**
   * The first sample one of whose probabilities is not a number, since its scores overflow float32:
   * no class is predicted for it.
   *
   * @return from 0 to m - 1, or empty, as for all features of a usual size
   */
  public OptionalInt firstUndefined() {
    int first = size();
    for (float[] column : probabilities) {
      for (int j = 0; j < first; j++) {
        first = Float.isNaN(column[j]) ? j : first;
      }
    }
    return first == size() ? OptionalInt.empty() : OptionalInt.of(first);
  }

  /**
   * z_j of equation (1): the log-odds of class 1 of two.
   *
   * @param sample from 0 to m - 1
   * @return z_j
   * @throws IndexOutOfBoundsException if there is no such sample
   * @throws IllegalStateException if there are more classes than two
   */
  public float score(int sample) {
    requireTwo();
    return scores[0][sample];
  }

  /**
   * z_jk of equation (1), by which classes are ranked. Of two classes, z_j for class 1 and -z_j for
   * class 0.
   *
   * @param sample from 0 to m - 1
   * @param classNumber from 0 to K - 1
   * @return z_jk
   * @throws IndexOutOfBoundsException if there is no such sample or class
   */
  public float score(int sample, int classNumber) {
    if (multiClass != null) {
      return scores[classNumber][sample];
    }
    return isPositive(classNumber) ? scores[0][sample] : -scores[0][sample];
  }

  /**
   * a_j of equation (2): the probability of class 1 of two.
   *
   * @param sample from 0 to m - 1
   * @return from 0 to 1
   * @throws IndexOutOfBoundsException if there is no such sample
   * @throws IllegalStateException if there are more classes than two
   */
  public float probability(int sample) {
    requireTwo();
    return probabilities[0][sample];
  }

  /**
   * The probability of a class. Those of a sample add up to 1, but for rounding.
   *
   * @param sample from 0 to m - 1
   * @param classNumber from 0 to K - 1
   * @return from 0 to 1
   * @throws IndexOutOfBoundsException if there is no such sample or class
   */
  public float probability(int sample, int classNumber) {
    if (multiClass != null) {
      return probabilities[classNumber][sample];
    }
    // g(-z) is 1 - g(z) without the cancellation.
    return isPositive(classNumber)
        ? probabilities[0][sample]
        : Functions.sigmoid(-scores[0][sample]);
  }

  /**
   * The predicted class.
   *
   * @param sample from 0 to m - 1
   * @return of two classes, 1 where its probability is above the threshold of the model, else 0; of
   *     more, the one with the largest {@link #score(int, int)}, and so the largest probability;
   *     the first of equals
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public int predictedClass(int sample) {
    if (multiClass == null) {
      return probabilities[0][sample] > threshold ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < scores.length; k++) {
      best = scores[k][sample] > scores[best][sample] ? k : best;
    }
    return best;
  }

  /**
   * The most probable classes, the most probable first; of equals the first.
   *
   * @param sample from 0 to m - 1
   * @param count how many, at least 1; where there are fewer classes, all
   * @return class numbers
   * @throws IndexOutOfBoundsException if there is no such sample
   * @throws IllegalArgumentException if the count is below 1
   */
  public int[] top(int sample, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one class, not " + count);
    }
    int[] top = new int[Math.min(count, classes())];
    top[0] = predictedClass(sample);
    if (multiClass == null) {
      if (top.length > 1) {
        top[1] = 1 - top[0];
      }
      return top;
    }
    int found = 0;
    for (int k = 0; k < scores.length; k++) {
      int place = found;
      while (place > 0 && scores[k][sample] > scores[top[place - 1]][sample]) {
        place--;
      }
      if (place < top.length) {
        found = Math.min(found + 1, top.length);
        System.arraycopy(top, place, top, place + 1, found - place - 1);
        top[place] = k;
      }
    }
    return top;
  }

  /**
   * log(p_jk / (1 - p_jk)) for each class: the larger, the more probable the class, and unlike
   * probabilities near 1 or 0 not all the same float. Of two classes z_j for class 1 and -z_j for
   * class 0.
   *
   * @param sample from 0 to m - 1
   * @return a new array of K log-odds
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public float[] logOdds(int sample) {
    if (multiClass == null) {
      return new float[] {0f - scores[0][sample], scores[0][sample]};
    }
    int best = 0;
    float[] odds = new float[scores.length];
    for (int k = 0; k < odds.length; k++) {
      odds[k] = exponent(sample, k);
      best = odds[k] > odds[best] ? k : best;
    }
    float own = odds[best];
    float second = Float.NEGATIVE_INFINITY;
    float sum = 0f;
    for (int k = 0; k < odds.length; k++) {
      second = k == best ? second : Math.max(second, odds[k]);
      sum += Functions.exp(odds[k] - own);
    }
    // All that is not the best is at most half of the sum, which can bear to lose it.
    float others = 0f;
    for (int k = 0; k < odds.length; k++) {
      if (k != best) {
        others += Functions.exp(odds[k] - second);
        odds[k] -= own;
        odds[k] -= Functions.log(sum - Functions.exp(odds[k]));
      }
    }
    odds[best] = own - second - Functions.log(others);
    return odds;
  }

  /** How many classes come before a class in the order of {@link #top}. */
  int rank(int sample, int classNumber) {
    if (multiClass == null) {
      return predictedClass(sample) == classNumber ? 0 : 1;
    }
    float own = scores[classNumber][sample];
    int before = 0;
    for (int k = 0; k < scores.length; k++) {
      float other = scores[k][sample];
      before += other > own || other == own && k < classNumber ? 1 : 0;
    }
    return before;
  }

  /** -log of the probability of a class: (3), computed from z and never from a. */
  double loss(int sample, int classNumber) {
    if (multiClass == null) {
      return Functions.softplus(-score(sample, classNumber));
    }
    float largest = exponent(sample, 0);
    for (int k = 1; k < scores.length; k++) {
      largest = Math.max(largest, exponent(sample, k));
    }
    float sum = 0f;
    float others = 0f;
    for (int k = 0; k < scores.length; k++) {
      float power = Functions.exp(exponent(sample, k) - largest);
      sum += power;
      others += k == classNumber ? 0f : power;
    }
    float distance = largest - exponent(sample, classNumber);
    return Functions.log1p(distance == 0f ? others : sum - 1f) + distance;
  }

  /** The same in double, from the scores as they are. */
  double exactLoss(int sample, int classNumber) {
    if (multiClass == null) {
      return softplus(-score(sample, classNumber));
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < scores.length; k++) {
      largest = Math.max(largest, exactExponent(sample, k));
    }
    double sum = 0;
    for (int k = 0; k < scores.length; k++) {
      sum += StrictMath.exp(exactExponent(sample, k) - largest);
    }
    return StrictMath.log(sum) + largest - exactExponent(sample, classNumber);
  }

  private double exactExponent(int sample, int classNumber) {
    double z = scores[classNumber][sample];
    return multiClass == MultiClass.SOFTMAX ? z : -softplus(-z);
  }

  private static double softplus(double z) {
    return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
  }

  // p_k is exp of it over the sum of all classes: g(z) = exp(-softplus(-z)).
  private float exponent(int sample, int classNumber) {
    float z = scores[classNumber][sample];
    return multiClass == MultiClass.SOFTMAX ? z : -Functions.softplus(-z);
  }

  private void requireTwo() {
    if (multiClass != null) {
      throw new IllegalStateException(
          "there are " + scores.length + " classes; say which, from 0 on");
    }
  }

  private static boolean isPositive(int classNumber) {
    return Objects.checkIndex(classNumber, 2) == 1;
  }
}
