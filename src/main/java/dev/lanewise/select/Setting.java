package dev.lanewise.select;

/**
 * One run of a sweep.
 *
 * @param learningRate alpha, positive and finite
 * @param iterations how many, at least 0
 * @param seed of random initial weights
 */
public record Setting(double learningRate, int iterations, long seed) {

  /** A setting. */
  public Setting {
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "the learning rate is positive and finite, not " + learningRate);
    }
    if (iterations < 0) {
      throw new IllegalArgumentException("iterations are at least 0, not " + iterations);
    }
  }
}
