// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.api;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.Labels;
import dev.lanewise.data.SampleArrays;
import dev.lanewise.matrix.CollectedArena;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Samples in memory, with or without labels: rows of features, a class for each row, and optionally
 * names of the features and sample weights.
 *
 * <p>The rows are copied, off the Java heap. The garbage collector frees the copy. Immutable; may
 * be shared between threads.
 */
public final class Samples {

  private final Dataset dataset;

  private Samples(Dataset dataset) {
    this.dataset = dataset;
  }

  /**
   * Makes samples with numbered classes.
   *
   * @param rows a row of features for each sample, all of one length and finite
   * @param labels a class for each row; any integers. The classes are named by their numbers and
   *     ordered by them
   * @return the samples
   * @throws DataException if there is no row, the rows differ in length, a feature is not finite,
   *     or there is not one label for each row
   */
  public static Samples of(float[][] rows, int[] labels) {
    return floats(rows, LabelValues.of(labels));
  }

  /**
   * Makes samples with named classes.
   *
   * @param rows a row of features for each sample, all of one length and finite
   * @param labels a class for each row. Texts that are the same number are one class; numbers are
   *     ordered by value, other texts alphabetically
   * @return the samples
   * @throws DataException as {@link #of(float[][], int[])}, or if a label is null or blank
   */
  public static Samples of(float[][] rows, String[] labels) {
    return floats(rows, LabelValues.of(Arrays.asList(labels)));
  }

  /**
   * Makes samples whose classes are constants of an enum.
   *
   * @param rows a row of features for each sample, all of one length and finite
   * @param labels a class for each row. The classes have the names and the order of the constants;
   *     constants without samples are no classes
   * @return the samples
   * @throws DataException as {@link #of(float[][], int[])}, or if a label is null
   */
  public static Samples of(float[][] rows, Enum<?>[] labels) {
    return floats(rows, LabelValues.of(Arrays.asList(labels)));
  }

  /**
   * Makes samples with numbered classes.
   *
   * @param rows a row of features for each sample, all of one length and finite as float32. They
   *     are standardised in double and rounded to float32 after that
   * @param labels as for {@link #of(float[][], int[])}
   * @return the samples
   * @throws DataException as {@link #of(float[][], int[])}
   */
  public static Samples of(double[][] rows, int[] labels) {
    return doubles(rows, LabelValues.of(labels));
  }

  /**
   * Makes samples with named classes.
   *
   * @param rows as for {@link #of(double[][], int[])}
   * @param labels as for {@link #of(float[][], String[])}
   * @return the samples
   * @throws DataException as {@link #of(float[][], String[])}
   */
  public static Samples of(double[][] rows, String[] labels) {
    return doubles(rows, LabelValues.of(Arrays.asList(labels)));
  }

  /**
   * Makes samples whose classes are constants of an enum.
   *
   * @param rows as for {@link #of(double[][], int[])}
   * @param labels as for {@link #of(float[][], Enum[])}
   * @return the samples
   * @throws DataException as {@link #of(float[][], Enum[])}
   */
  public static Samples of(double[][] rows, Enum<?>[] labels) {
    return doubles(rows, LabelValues.of(Arrays.asList(labels)));
  }

  /**
   * Makes samples of objects.
   *
   * @param <R> the type of the objects
   * @param records one object for each sample
   * @param extractor reads features, label and weight of an object; samples have labels if it reads
   *     one
   * @return the samples
   * @throws DataException as {@link #of(float[][], String[])}, or if a weight is negative or not
   *     finite
   * @throws IllegalArgumentException if the extractor reads no feature
   */
  public static <R> Samples of(Collection<? extends R> records, Extractor<R> extractor) {
    return of(records.stream(), extractor);
  }

  /**
   * Makes samples of a stream of objects.
   *
   * @param <R> the type of the objects
   * @param records one object for each sample; read to the end, one after the other
   * @param extractor as for {@link #of(Collection, Extractor)}
   * @return the samples
   * @throws DataException as {@link #of(Collection, Extractor)}
   * @throws IllegalArgumentException if the extractor reads no feature
   */
  public static <R> Samples of(Stream<? extends R> records, Extractor<R> extractor) {
    return extractor.samples(records.sequential().iterator());
  }

  /**
   * Makes labelled samples of the rows of a query. The features are all columns but that of the
   * label, in the order of the query, and have the names of the columns.
   *
   * @param rows the rows from the next one to the last; the caller closes it
   * @param labelColumn the column of the class: numbers, texts or booleans
   * @return the samples
   * @throws SQLException if the database fails
   * @throws DataException if there is no such column, a feature is not a number or boolean, a value
   *     is NULL, or as {@link #of(float[][], String[])}
   */
  public static Samples of(ResultSet rows, String labelColumn) throws SQLException {
    return QueryRows.read(rows, Optional.of(labelColumn));
  }

  /**
   * Makes samples without labels of the rows of a query. The features are all columns, in the order
   * of the query, and have the names of the columns.
   *
   * @param rows the rows from the next one to the last; the caller closes it
   * @return the samples
   * @throws SQLException if the database fails
   * @throws DataException as {@link #of(ResultSet, String)}
   */
  public static Samples unlabelled(ResultSet rows) throws SQLException {
    return QueryRows.read(rows, Optional.empty());
  }

  /**
   * Makes samples without labels, to be predicted.
   *
   * @param rows a row of features for each sample, all of one length and finite
   * @return the samples
   * @throws DataException if there is no row, the rows differ in length, or a feature is not finite
   */
  public static Samples unlabelled(float[][] rows) {
    return floats(rows, Optional.empty());
  }

  /**
   * Makes samples without labels, to be predicted.
   *
   * @param rows as for {@link #of(double[][], int[])}
   * @return the samples
   * @throws DataException if there is no row, the rows differ in length, or a feature is not finite
   */
  public static Samples unlabelled(double[][] rows) {
    return doubles(rows, Optional.empty());
  }

  /**
   * Uses a data set, for instance of a file, without copying it.
   *
   * @param dataset the data set; the caller closes it after the last use of the samples
   * @return the samples
   */
  public static Samples of(Dataset dataset) {
    return new Samples(Objects.requireNonNull(dataset, "dataset"));
  }

  private static Samples floats(float[][] rows, Optional<Labels> labels) {
    return new Samples(SampleArrays.of(new CollectedArena(), rows, labels));
  }

  static Samples doubles(double[][] rows, Optional<Labels> labels) {
    return new Samples(SampleArrays.of(new CollectedArena(), rows, labels));
  }

  /**
   * Returns the same samples with weights: how much each sample counts in training, where 1 is what
   * a sample counts without a weight.
   *
   * @param weights a weight for each sample, finite and not negative, at least one above zero
   * @return samples on the same memory
   * @throws DataException if the weights do not fit
   */
  public Samples withWeights(float... weights) {
    return new Samples(dataset.withWeights(weights));
  }

  /**
   * Returns the same samples with names of the features. A classifier that is trained on them keeps
   * the names, and rejects samples with other names.
   *
   * @param names a name for each feature, no two the same
   * @return samples on the same memory
   * @throws IllegalArgumentException if there are more names or fewer, or two are the same
   */
  public Samples withFeatureNames(String... names) {
    return withFeatureNames(List.of(names));
  }

  Samples withFeatureNames(List<String> names) {
    return new Samples(dataset.withFeatureNames(FeatureNames.of(names)));
  }

  /**
   * Returns the number of samples.
   *
   * @return at least 1
   */
  public int size() {
    return dataset.samples();
  }

  /**
   * Returns the number of features.
   *
   * @return at least 1
   */
  public int features() {
    return dataset.width();
  }

  /**
   * Returns whether the samples have labels.
   *
   * @return false for samples that can only be predicted
   */
  public boolean isLabelled() {
    return dataset.isLabelled();
  }

  /**
   * Returns the names of the classes, in their order.
   *
   * @return the names
   * @throws IllegalStateException if the samples have no labels
   */
  public List<String> classes() {
    if (!isLabelled()) {
      throw new IllegalStateException(dataset.origin().source() + " has no labels");
    }
    return dataset.classNames();
  }

  /** The data set behind the samples. */
  Dataset dataset() {
    return dataset;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d samples of %d features%s",
        size(),
        features(),
        isLabelled() ? " in the classes " + classes() : ", without labels");
  }
}
