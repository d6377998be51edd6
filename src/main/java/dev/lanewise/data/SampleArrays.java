// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.NumberMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Makes data sets of arrays that hold one sample each. The samples are copied. */
public final class SampleArrays {

  private static final Origin ORIGIN = Origin.memory("samples");

  private SampleArrays() {}

  /**
   * Makes a data set of float32 numbers.
   *
   * @param arena owns the memory of the data set, which closes it; it is closed where the samples
   *     are rejected
   * @param samples m samples of d features each, all finite
   * @param labels m class numbers with the names of the classes; empty for samples without labels
   * @return the data set
   * @throws DataException if there is no sample, the samples differ in length, a feature is not
   *     finite, or the labels do not fit
   */
  public static Dataset of(Arena arena, float[][] samples, Optional<Labels> labels) {
    try {
      int rows = width(samples.length, j -> samples[j].length);
      FloatMatrix features = FloatMatrix.allocate(arena, rows, samples.length);
      for (int j = 0; j < samples.length; j++) {
        features.setColumn(j, samples[j]);
      }
      return dataset(arena, features, labels);
    } catch (RuntimeException | Error e) {
      close(arena);
      throw e;
    }
  }

  /**
   * Makes a data set of float64 numbers. They are kept as float64 if one of them is not a float32
   * number, so that {@link Dataset#standardized()} loses nothing of them. Everything else uses them
   * rounded to float32.
   *
   * @param arena owns the memory of the data set, which closes it; it is closed where the samples
   *     are rejected
   * @param samples m samples of d features each, all finite in float32
   * @param labels m class numbers with the names of the classes; empty for samples without labels
   * @return the data set
   * @throws DataException if there is no sample, the samples differ in length, a feature is not
   *     finite in float32, or the labels do not fit
   */
  public static Dataset of(Arena arena, double[][] samples, Optional<Labels> labels) {
    try {
      int rows = width(samples.length, j -> samples[j].length);
      boolean exact =
          Arrays.stream(samples).flatMapToDouble(Arrays::stream).anyMatch(x -> x != (float) x);
      NumberMatrix features = NumberMatrix.allocate(arena, rows, samples.length, exact);
      for (int j = 0; j < samples.length; j++) {
        features.putColumn(j, samples[j]);
      }
      return dataset(arena, features, labels);
    } catch (RuntimeException | Error e) {
      close(arena);
      throw e;
    }
  }

  // The data set closes the arena itself where it rejects the samples.
  private static void close(Arena arena) {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  private static int width(int count, IntUnaryOperator widths) {
    if (count == 0 || widths.applyAsInt(0) == 0) {
      throw new DataException(ORIGIN.source(), "there are no samples, expected at least one");
    }
    int rows = widths.applyAsInt(0);
    for (int j = 0; j < count; j++) {
      if (widths.applyAsInt(j) != rows) {
        throw new DataException(
            ORIGIN.source(),
            String.format(
                Locale.ROOT,
                "sample %d has %d features, expected %d",
                j,
                widths.applyAsInt(j),
                rows));
      }
    }
    return rows;
  }

  private static Dataset dataset(Arena arena, SampleMatrix features, Optional<Labels> labels) {
    List<String> classNames = labels.map(Labels::classNames).orElse(Schema.UNNAMED);
    return new Dataset(
        arena,
        features,
        labels.map(Labels::numbers).orElse(null),
        classNames,
        FeatureShape.of(features.rows()),
        Scaling.NONE,
        ORIGIN);
  }
}
