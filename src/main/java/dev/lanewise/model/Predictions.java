package dev.lanewise.model;

/**
 * What a model says of m samples. Immutable.
 *
 * <p>Made by {@link Model#predict}.
 */
public final class Predictions {

  /** Class 1 is predicted above this probability. */
  public static final float THRESHOLD = 0.5f;

  private final float[] scores;
  private final float[] probabilities;

  Predictions(float[] scores, float[] probabilities) {
    this.scores = scores;
    this.probabilities = probabilities;
  }

  /**
   * The number of samples.
   *
   * @return m
   */
  public int size() {
    return probabilities.length;
  }

  /**
   * z_j of equation (1): the log-odds of class 1.
   *
   * @param sample from 0 to m - 1
   * @return z_j
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public float score(int sample) {
    return scores[sample];
  }

  /**
   * a_j of equation (2): the probability of class 1.
   *
   * @param sample from 0 to m - 1
   * @return from 0 to 1
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public float probability(int sample) {
    return probabilities[sample];
  }

  /**
   * The predicted class.
   *
   * @param sample from 0 to m - 1
   * @return 1 where the probability is above {@value #THRESHOLD}, else 0
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public int predictedClass(int sample) {
    return probabilities[sample] > THRESHOLD ? 1 : 0;
  }
}
