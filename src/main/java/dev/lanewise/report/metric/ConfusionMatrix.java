package dev.lanewise.report.metric;

import java.util.Arrays;

/** How many samples of each class were predicted to be of each. Immutable. */
public final class ConfusionMatrix {

  private final int[][] counts;

  private ConfusionMatrix(int[][] counts) {
    this.counts = counts;
  }

  /**
   * Counts samples.
   *
   * @param actual the class number of each sample
   * @param predicted the class number predicted for each
   * @param classes how many classes there are
   * @return the counts
   * @throws IllegalArgumentException if there are not as many of the one as of the other
   * @throws IndexOutOfBoundsException if a class number is not below the number of classes
   */
  public static ConfusionMatrix of(int[] actual, int[] predicted, int classes) {
    if (actual.length != predicted.length) {
      throw new IllegalArgumentException(
          "%d predictions for %d samples".formatted(predicted.length, actual.length));
    }
    int[][] counts = new int[classes][classes];
    for (int j = 0; j < actual.length; j++) {
      counts[actual[j]][predicted[j]]++;
    }
    return new ConfusionMatrix(counts);
  }

  /**
   * The number of classes.
   *
   * @return K
   */
  public int classes() {
    return counts.length;
  }

  /**
   * How many samples of a class were predicted to be of another, or of the same.
   *
   * @param actual the class they are of
   * @param predicted the class they were taken for
   * @return the count
   */
  public int count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /**
   * How many samples are of a class.
   *
   * @param actual the class
   * @return the count
   */
  public int samples(int actual) {
    return Arrays.stream(counts[actual]).sum();
  }
}
