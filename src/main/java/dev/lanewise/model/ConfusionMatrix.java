// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How many samples of each class were taken for which class. Immutable.
 *
 * <p>Only pairs that occur take memory. What would be a division by zero, the precision of a class
 * that was never predicted or the recall of one that has no samples, is 0.
 */
public final class ConfusionMatrix {

  private final Map<Long, Integer> cells = new HashMap<>();
  private final int[] actual;
  private final int[] predicted;
  private int correct;

  /**
   * Counts.
   *
   * @param classes K
   * @param actual the class of each sample, from 0 to K - 1
   * @param predicted what each was taken for
   * @throws IllegalArgumentException if these are not as many
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public ConfusionMatrix(int classes, int[] actual, int[] predicted) {
    if (actual.length != predicted.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d predictions for %d samples", predicted.length, actual.length));
    }
    this.actual = new int[classes];
    this.predicted = new int[classes];
    for (int j = 0; j < actual.length; j++) {
      this.actual[actual[j]]++;
      this.predicted[predicted[j]]++;
      correct += actual[j] == predicted[j] ? 1 : 0;
      cells.merge(cell(actual[j], predicted[j]), 1, Integer::sum);
    }
  }

  private long cell(int actualClass, int predictedClass) {
    return (long) actualClass * actual.length + predictedClass;
  }

  /**
   * K: the number of classes.
   *
   * @return at least 1
   */
  public int classes() {
    return actual.length;
  }

  /**
   * One cell.
   *
   * @param actualClass the row
   * @param predictedClass the column
   * @return how many samples of the one class were taken for the other
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int count(int actualClass, int predictedClass) {
    Objects.checkIndex(actualClass, actual.length);
    Objects.checkIndex(predictedClass, actual.length);
    return cells.getOrDefault(cell(actualClass, predictedClass), 0);
  }

  /**
   * Samples of one class that were taken for another.
   *
   * @param actual the class they are of
   * @param predicted the other
   * @param samples how many, at least 1
   */
  public record Mistake(int actual, int predicted, int samples) {}

  /**
   * What was mistaken for what most often.
   *
   * @param most how many pairs of classes at most, at least 0
   * @return the pairs with the most samples, the most first; of equals the lower class numbers
   */
  public List<Mistake> mistakes(int most) {
    return cells.entrySet().stream()
        .map(
            cell ->
                new Mistake(
                    (int) (cell.getKey() / actual.length),
                    (int) (cell.getKey() % actual.length),
                    cell.getValue()))
        .filter(pair -> pair.actual() != pair.predicted())
        .sorted(
            Comparator.comparingInt((Mistake pair) -> -pair.samples())
                .thenComparingInt(Mistake::actual)
                .thenComparingInt(Mistake::predicted))
        .limit(most)
        .toList();
  }

  /**
   * The sum of a row.
   *
   * @param actualClass the class
   * @return how many samples are of it
   */
  public int samplesOf(int actualClass) {
    return actual[actualClass];
  }

  /**
   * The sum of a column.
   *
   * @param predictedClass the class
   * @return how many samples were taken for it
   */
  public int predictionsOf(int predictedClass) {
    return predicted[predictedClass];
  }

  /**
   * Returns the class of most samples: who always says it is right that often.
   *
   * @return its number; the first of several
   */
  public int mostFrequent() {
    int most = 0;
    for (int k = 1; k < classes(); k++) {
      if (samplesOf(k) > samplesOf(most)) {
        most = k;
      }
    }
    return most;
  }

  /**
   * The sum of the diagonal.
   *
   * @return how many samples were taken for what they are
   */
  public int correct() {
    return correct;
  }

  /**
   * Of the samples that were taken for a class, the share that is of it.
   *
   * @param classNumber from 0 to K - 1
   * @return from 0 to 1; 0 where none was
   */
  public double precision(int classNumber) {
    return share(count(classNumber, classNumber), predicted[classNumber]);
  }

  /**
   * Of the samples of a class, the share that was taken for it.
   *
   * @param classNumber from 0 to K - 1
   * @return from 0 to 1; 0 where there are none
   */
  public double recall(int classNumber) {
    return share(count(classNumber, classNumber), actual[classNumber]);
  }

  /**
   * The harmonic mean of precision and recall of a class.
   *
   * @param classNumber from 0 to K - 1
   * @return from 0 to 1; 0 where no sample was of the class, and none taken for it
   */
  public double f1(int classNumber) {
    double all = (double) actual[classNumber] + predicted[classNumber];
    return share(2.0 * count(classNumber, classNumber), all);
  }

  /**
   * The mean of F1 over the classes, each counting the same, that some sample is of or was taken
   * for.
   *
   * @return from 0 to 1
   */
  public double macroF1() {
    double sum = 0;
    int there = 0;
    for (int k = 0; k < actual.length; k++) {
      if (actual[k] > 0 || predicted[k] > 0) {
        sum += f1(k);
        there++;
      }
    }
    return share(sum, there);
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  /** Two matrices are equal if all their cells are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix matrix
        && actual.length == matrix.actual.length
        && cells.equals(matrix.cells);
  }

  @Override
  public int hashCode() {
    return 31 * actual.length + cells.hashCode();
  }
}
