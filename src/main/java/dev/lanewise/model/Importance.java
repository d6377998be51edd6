// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Memory;
import dev.lanewise.random.SplitMix64;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Permutation importance (Breiman, 2001): how much worse a model does on samples in which one
 * column of the table is shuffled. All features of a column are shuffled together.
 *
 * @param column the name of the column
 * @param logLoss by how much the mean log-loss grows, the mean over all repeats
 * @param logLossDeviation its standard deviation over the repeats
 * @param accuracy by how much the accuracy falls, the mean over all repeats
 * @param accuracyDeviation its standard deviation over the repeats
 */
public record Importance(
    String column,
    double logLoss,
    double logLossDeviation,
    double accuracy,
    double accuracyDeviation) {

  // Shuffles of another kind than other draws from the same seed.
  private static final long SALT = 0x7065726DL; // "perm"

  /**
   * Finds the importance of each column.
   *
   * @param model any model
   * @param data labelled samples of its kind; best some that it was not trained on
   * @param repeats how often each column is shuffled, at least 1
   * @param seed of the shuffles
   * @param kernels what computes; changes no bit
   * @return the columns in their order
   * @throws IllegalArgumentException if there is no repeat
   * @throws DataException if the samples have no labels, do not fit the model, or a copy does not
   *     fit into memory
   */
  public static List<Importance> of(
      Model model, Dataset data, int repeats, long seed, Kernels kernels) {
    if (repeats < 1) {
      throw new IllegalArgumentException(
          "a column is shuffled at least once, not " + repeats + " times");
    }
    if (!data.isLabelled()) {
      throw new DataException(
          data.origin().source(), "there are no labels, expected one for each sample");
    }
    Dataset aligned = model.schema().align(data, "the model");
    return model
        .schema()
        .withFeatures(
            aligned,
            "the model",
            scaled -> {
              model.schema().require(scaled, "the model");
              Memory.lack(
                      "a copy to shuffle", FloatMatrix.byteSize(scaled.width(), scaled.samples()))
                  .ifPresent(
                      lack -> {
                        throw new DataException(data.origin().source(), lack);
                      });
              return scaled.reading(
                  () -> new Shuffles(model, scaled, kernels, seed).columns(repeats));
            });
  }

  /** A copy of the features, in which columns are shuffled and put back. */
  private static final class Shuffles {

    private final Model model;
    private final Dataset data;
    private final Kernels kernels;
    private final SplitMix64 random;
    private final int[] labels;

    Shuffles(Model model, Dataset data, Kernels kernels, long seed) {
      this.model = model;
      this.data = data;
      this.kernels = kernels;
      this.random = new SplitMix64(seed ^ SALT);
      this.labels = data.labels();
    }

    List<Importance> columns(int repeats) {
      List<Importance> found = new ArrayList<>();
      try (Arena arena = Arena.ofShared()) {
        FloatMatrix copy = FloatMatrix.allocate(arena, data.width(), labels.length);
        for (int j = 0; j < labels.length; j++) {
          copy.setColumn(j, data.features().column(j));
        }
        double[] whole = judge(copy);
        for (Columns column : Columns.of(model.schema())) {
          double[] losses = new double[repeats];
          double[] accuracies = new double[repeats];
          for (int repeat = 0; repeat < repeats; repeat++) {
            int[] order = IntStream.range(0, labels.length).toArray();
            random.shuffle(order);
            fill(copy, column, order);
            double[] judged = judge(copy);
            losses[repeat] = judged[0] - whole[0];
            accuracies[repeat] = whole[1] - judged[1];
          }
          fill(copy, column, IntStream.range(0, labels.length).toArray());
          found.add(
              new Importance(
                  column.name(),
                  mean(losses),
                  deviation(losses),
                  mean(accuracies),
                  deviation(accuracies)));
        }
      }
      return found;
    }

    private void fill(FloatMatrix copy, Columns column, int[] order) {
      for (int j = 0; j < order.length; j++) {
        for (int i = column.from(); i < column.to(); i++) {
          copy.set(i, j, data.features().get(i, order[j]));
        }
      }
    }

    /** Mean log-loss and accuracy. */
    private double[] judge(FloatMatrix features) {
      Predictions predictions = model.predictFeatures(features, kernels);
      predictions
          .firstUndefined()
          .ifPresent(
              sample -> {
                throw new DataException(
                    data.origin().source(),
                    String.format(Locale.ROOT, "the score of sample %d overflows float32", sample));
              });
      double loss = 0;
      int right = 0;
      for (int j = 0; j < labels.length; j++) {
        loss += predictions.exactLoss(j, labels[j]);
        right += predictions.predictedClass(j) == labels[j] ? 1 : 0;
      }
      return new double[] {loss / labels.length, (double) right / labels.length};
    }

    private static double mean(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum / values.length;
    }

    private static double deviation(double[] values) {
      double mean = mean(values);
      double sum = 0;
      for (double value : values) {
        sum += (value - mean) * (value - mean);
      }
      return Math.sqrt(sum / values.length);
    }
  }
}
