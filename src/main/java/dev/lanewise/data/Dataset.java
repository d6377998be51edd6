// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.data.table.ColumnProfile;
import dev.lanewise.data.table.RowEncoder;
import dev.lanewise.data.table.Table;
import dev.lanewise.data.table.TableEncoding;
import dev.lanewise.data.table.TableSource;
import dev.lanewise.data.text.Decimal;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.NumberMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Samples with or without labels: X (d x m, column j is sample j), y, and the names that go with
 * them.
 *
 * <p>A data set owns the memory of its features; {@link #close()} frees it. Its values do not
 * change and may be read from many threads.
 */
public final class Dataset implements AutoCloseable {

  private static final int SHOWN = 12;

  private final Arena arena;
  private final SampleMatrix features;
  private final int[] labels;

  /** The weight of each sample, or null where all weigh alike. */
  private final float[] weights;

  private final List<String> classNames;
  private final FeatureShape shape;
  private final Scaling scaling;
  private final Origin origin;
  private final Question question;

  /** What the features are called, or null. */
  private final FeatureNames featureNames;

  /** The numbers of the features in their file, or null. */
  private final Numbering numbering;

  /** The table that the data were read from, or null. */
  private final TableSource table;

  /** The same samples before they were standardised, and how; null where they were not. */
  private final Standardized standardized;

  // Computed when first asked for: it reads all features. Two threads may both compute it, alike.
  private volatile String sha256;

  /**
   * A data set over a filled matrix. It closes {@code arena} itself if it refuses the data.
   *
   * @param arena owns the memory of {@code features}, and is closed with the data set
   * @param features d x m, all finite
   * @param labels m class numbers, from 0 to one below the number of classes, or {@link
   *     Labels#MISSING} for samples to be left out by {@link #withoutMissingLabels}; null if there
   *     are none
   * @param classNames the name of each class, no two the same; training needs at least two
   * @param shape the shape of a sample; its size is d
   * @param scaling how the file's numbers became these features
   * @param origin where the data came from
   * @throws DataException if a feature is not finite, two classes have one name, or the labels do
   *     not fit
   * @throws IllegalArgumentException if the shape does not fit the matrix, or there is no class
   */
  public Dataset(
      Arena arena,
      SampleMatrix features,
      int[] labels,
      List<String> classNames,
      FeatureShape shape,
      Scaling scaling,
      Origin origin) {
    this(
        arena,
        features,
        labels == null ? null : labels.clone(),
        null,
        List.copyOf(classNames),
        Objects.requireNonNull(shape, "shape"),
        Objects.requireNonNull(scaling, "scaling"),
        Objects.requireNonNull(origin, "origin"),
        null,
        null,
        null,
        null,
        null);
    try {
      check();
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  // Of what was checked before.
  private Dataset(
      Arena arena,
      SampleMatrix features,
      int[] labels,
      float[] weights,
      List<String> classNames,
      FeatureShape shape,
      Scaling scaling,
      Origin origin,
      Question question,
      FeatureNames featureNames,
      Numbering numbering,
      TableSource table,
      Standardized standardized) {
    this.arena = Objects.requireNonNull(arena, "arena");
    this.features = Objects.requireNonNull(features, "features");
    this.labels = labels;
    this.weights = weights;
    this.classNames = classNames;
    this.shape = shape;
    this.scaling = scaling;
    this.origin = origin;
    this.question = question;
    this.featureNames = featureNames;
    this.numbering = numbering;
    this.table = table;
    this.standardized = standardized;
  }

  /** Which samples means and deviations are of. */
  private enum Basis {
    ALL,
    SOME,
    OTHERS
  }

  // The raw data are null where these are a selection of standardised ones.
  private record Standardized(Standardization by, Dataset raw, Basis basis) {

    private static Standardized with(Standardized old, UnaryOperator<Dataset> change) {
      return old == null
          ? null
          : new Standardized(old.by, old.raw == null ? null : change.apply(old.raw), old.basis);
    }

    private Standardized part(int from, int to) {
      return new Standardized(by, raw == null ? null : raw.part(from, to), Basis.OTHERS);
    }
  }

  /**
   * A two-class data set from arrays; the samples are copied. {@link SampleArrays} makes data sets
   * of more classes, and without labels.
   *
   * @param samples m samples of d features each, all finite
   * @param labels m labels, 0 or 1
   * @return the data set; the caller closes it
   * @throws DataException if there is no sample, the samples differ in length, a feature is not
   *     finite, or the labels do not fit
   */
  public static Dataset of(float[][] samples, int[] labels) {
    return SampleArrays.of(Arena.ofShared(), samples, Optional.of(twoClasses(labels)));
  }

  /**
   * A two-class data set from arrays of doubles, as {@link SampleArrays#of(Arena, double[][],
   * Optional)} makes it; the samples are copied.
   *
   * @param samples m samples of d features each, all finite in float32
   * @param labels m labels, 0 or 1
   * @return the data set; the caller closes it
   * @throws DataException if there is no sample, the samples differ in length, a feature is not
   *     finite in float32, or the labels do not fit
   */
  public static Dataset of(double[][] samples, int[] labels) {
    return SampleArrays.of(Arena.ofShared(), samples, Optional.of(twoClasses(labels)));
  }

  /**
   * A data set whose samples are not in this process: it knows their number, labels and digest, and
   * has no features to read. For training on sums that other processes compute.
   *
   * @param width d, the number of features
   * @param labels m class numbers
   * @param weights m sample weights; null where all weigh alike
   * @param classNames the name of each class, no two the same
   * @param shape the shape of a sample; its size is d
   * @param scaling how numbers became features
   * @param origin where the data came from
   * @param sha256 the digest of the numbers, {@link #sha256()}
   * @return the data set; reading a feature of it fails
   * @throws DataException if the labels or the weights do not fit
   * @throws IllegalArgumentException if the shape does not fit the width
   */
  public static Dataset elsewhere(
      int width,
      int[] labels,
      float[] weights,
      List<String> classNames,
      FeatureShape shape,
      Scaling scaling,
      Origin origin,
      String sha256) {
    if (labels.length == 0) {
      throw new DataException(origin.source(), "there are no samples, expected at least one");
    }
    Dataset all =
        new Dataset(
            Arena.ofShared(),
            Workspace.dryRun().floats(width, labels.length),
            labels,
            classNames,
            shape,
            scaling,
            origin);
    Dataset weighted = weights == null ? all : all.withWeights(weights);
    weighted.sha256 = Objects.requireNonNull(sha256, "sha256");
    return weighted;
  }

  /**
   * The same where the features were standardised.
   *
   * @param by the means and deviations of all samples
   * @return a data set {@link #elsewhere} that knows how it was standardised
   */
  public Dataset standardizedElsewhere(Standardization by) {
    return new Dataset(
        arena,
        features,
        labels,
        weights,
        classNames,
        shape,
        scaling,
        origin,
        question,
        featureNames,
        numbering,
        table,
        new Standardized(by, this, Basis.ALL));
  }

  private static Labels twoClasses(int[] labels) {
    return new Labels(labels, Schema.UNNAMED);
  }

  /**
   * The same data under another name. Close one of the two.
   *
   * @param name what the data are called in messages
   * @return a data set on the same memory
   */
  public Dataset named(String name) {
    return new Dataset(
        arena,
        features,
        labels,
        weights,
        classNames,
        shape,
        scaling,
        origin.named(name),
        question,
        featureNames,
        numbering,
        table,
        Standardized.with(standardized, raw -> raw.named(name)));
  }

  /**
   * The same data with weights: how much each sample counts in training, where 1 is what a sample
   * counts without. Close one of the two.
   *
   * @param sampleWeights m weights, finite and not negative, at least one above zero
   * @return a data set on the same memory
   * @throws DataException if the weights are not as many as the samples, one is negative or not
   *     finite, or all are zero
   */
  public Dataset withWeights(float[] sampleWeights) {
    SampleWeights.check(sampleWeights, samples(), origin.source());
    return new Dataset(
        arena,
        features,
        labels,
        sampleWeights.clone(),
        classNames,
        shape,
        scaling,
        origin,
        question,
        featureNames,
        numbering,
        table,
        Standardized.with(standardized, raw -> raw.withWeights(sampleWeights)));
  }

  /**
   * The same data with names of the features, which a model that is trained on them keeps. Close
   * one of the two.
   *
   * @param names d names
   * @return a data set on the same memory
   * @throws IllegalArgumentException if there are more names or fewer
   */
  public Dataset withFeatureNames(FeatureNames names) {
    if (names.size() != width()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d names for %d features", names.size(), width()));
    }
    return new Dataset(
        arena,
        features,
        labels,
        weights,
        classNames,
        shape,
        scaling,
        origin,
        question,
        names,
        numbering,
        table,
        Standardized.with(standardized, raw -> raw.withFeatureNames(names)));
  }

  /**
   * The same data with the numbers of the features in their file, which a model that is trained on
   * them keeps. Close one of the two.
   *
   * @param numbers of d features
   * @return a data set on the same memory
   */
  public Dataset withNumbering(Numbering numbers) {
    return new Dataset(
        arena,
        features,
        labels,
        weights,
        classNames,
        shape,
        scaling,
        origin,
        question,
        featureNames,
        numbers,
        table,
        Standardized.with(standardized, raw -> raw.withNumbering(numbers)));
  }

  /**
   * The same data with the table that they were read from. Close one of the two.
   *
   * @param source the table; its rows, if it has them, are the samples in their order
   * @return a data set on the same memory
   * @throws IllegalArgumentException if it has other rows or features than there are samples and
   *     features
   */
  public Dataset withTable(TableSource source) {
    source
        .encoding()
        .filter(by -> by.width() != width())
        .ifPresent(
            by -> {
              throw new IllegalArgumentException(
                  String.format(Locale.ROOT, "%d encoded features of %d", by.width(), width()));
            });
    source
        .table()
        .filter(rows -> rows.rows() != samples())
        .ifPresent(
            rows -> {
              throw new IllegalArgumentException(
                  String.format(Locale.ROOT, "%d rows of %d samples", rows.rows(), samples()));
            });
    return new Dataset(
        arena,
        features,
        labels,
        weights,
        classNames,
        shape,
        scaling,
        origin,
        question,
        featureNames,
        numbering,
        source,
        Standardized.with(standardized, raw -> raw.withTable(source)));
  }

  /**
   * A copy of some of the samples, with their labels and weights: in memory, as bytes where they
   * were bytes.
   *
   * @param numbers which samples, in this order; at least one
   * @return a data set of its own, which the caller closes
   * @throws DataException if there is not enough memory, every weight among them is 0, or as {@link
   *     #reading}
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public Dataset select(int[] numbers) {
    String name =
        String.format(Locale.ROOT, "%s (%d of its samples)", origin.source(), numbers.length);
    int[] someLabels = labels == null ? null : Arrays.stream(numbers).map(j -> labels[j]).toArray();
    float[] someWeights = weights == null ? null : SampleWeights.select(weights, numbers, name);
    Arena own = Arena.ofShared();
    try {
      SampleMatrix some = reading(() -> SampleCopy.of(own, features, numbers, name));
      return new Dataset(
          own,
          some,
          someLabels,
          someWeights,
          classNames,
          shape,
          scaling,
          origin.named(name),
          question,
          featureNames,
          numbering,
          selected(own, numbers, name),
          standardized == null ? null : new Standardized(standardized.by(), null, Basis.OTHERS));
    } catch (RuntimeException | Error e) {
      own.close();
      throw e;
    }
  }

  private TableSource selected(Arena own, int[] numbers, String name) {
    if (table == null || table.table().isEmpty()) {
      return table;
    }
    requireRows(table.table().get(), numbers.length, name);
    return table.with(table.table().map(rows -> rows.select(own, numbers)));
  }

  private static void requireRows(Table rows, int count, String name) {
    Memory.lack(
            String.format(Locale.ROOT, "%d rows of a table", count),
            DoubleMatrix.byteSize(rows.columns().size(), count))
        .ifPresent(
            problem -> {
              throw new DataException(name, problem);
            });
  }

  private static TableSource part(TableSource table, int from, int to) {
    return table == null ? null : table.with(table.table().map(rows -> rows.part(from, to)));
  }

  /**
   * Learns from some of the samples how the columns of their table become features.
   *
   * @param learned the numbers of these samples, at least one; no other is looked at
   * @return the encoding
   * @throws IllegalStateException unless {@link #isEncodedOnItself()}
   */
  public TableEncoding learnEncoding(int[] learned) {
    return TableEncoding.learn(rows(), learned, table.options());
  }

  private Table rows() {
    if (!isEncodedOnItself()) {
      throw new IllegalStateException(origin.source() + " has no rows to encode");
    }
    return table.table().orElseThrow();
  }

  /**
   * A copy of some of the samples, as {@link #select(int[])}, with the columns of their table
   * encoded anew.
   *
   * @param numbers which samples, in this order; at least one
   * @param by how the columns become features
   * @return a data set of its own, which the caller closes
   * @throws IllegalStateException unless {@link #isEncodedOnItself()}
   * @throws DataException as {@link #select(int[])}
   */
  public Dataset select(int[] numbers, TableEncoding by) {
    Table rows = rows();
    String name =
        String.format(Locale.ROOT, "%s (%d of its samples)", origin.source(), numbers.length);
    boolean exact = features instanceof DoubleMatrix;
    if (exact) {
      requireRows(rows, numbers.length, name);
    } else {
      Memory.lack(
              String.format(Locale.ROOT, "a copy of %d samples", numbers.length),
              FloatMatrix.byteSize(by.width(), numbers.length))
          .ifPresent(
              problem -> {
                throw new DataException(name, problem);
              });
    }
    Arena own = Arena.ofShared();
    try {
      RowEncoder encoder = new RowEncoder(by, rows.columns());
      NumberMatrix some;
      if (exact) {
        // A copy of the rows, since this data set may be closed first.
        int[] all = IntStream.range(0, numbers.length).toArray();
        some = encoder.features(rows.select(own, numbers), all);
      } else {
        some = FloatMatrix.allocate(own, by.width(), numbers.length);
        encoder.encode(rows, numbers, some);
      }
      return new Dataset(
          own,
          some,
          labels == null ? null : Arrays.stream(numbers).map(j -> labels[j]).toArray(),
          weights == null ? null : SampleWeights.select(weights, numbers, name),
          classNames,
          FeatureShape.of(by.width()),
          scaling,
          origin.named(name),
          question,
          FeatureNames.of(by.featureNames()),
          numbering,
          table.encodedBy(by),
          null);
    } catch (RuntimeException | Error e) {
      own.close();
      throw e;
    }
  }

  /**
   * The samples that have labels.
   *
   * @return this data set if all of them have, or it has no labels at all; else a data set of its
   *     own, as {@link #select} makes it, which the caller closes
   * @throws DataException as {@link #select}
   */
  public Dataset withoutMissingLabels() {
    return missingLabels() == 0
        ? this
        : select(
            IntStream.range(0, labels.length).filter(j -> labels[j] != Labels.MISSING).toArray());
  }

  private int missingLabels() {
    return labels == null
        ? 0
        : (int) Arrays.stream(labels).filter(label -> label == Labels.MISSING).count();
  }

  /**
   * Some of the samples, under numbers from 0. Close the whole, or one of its parts.
   *
   * @param from the first sample
   * @param to the sample after the last
   * @return a data set on the same memory
   * @throws IndexOutOfBoundsException if there are no such samples, or none at all
   */
  public Dataset part(int from, int to) {
    return new Dataset(
        arena,
        features.part(from, to),
        labels == null ? null : Arrays.copyOfRange(labels, from, to),
        weights == null ? null : Arrays.copyOfRange(weights, from, to),
        classNames,
        shape,
        scaling,
        origin,
        question,
        featureNames,
        numbering,
        part(table, from, to),
        standardized == null ? null : standardized.part(from, to));
  }

  /**
   * A copy whose features have, over its samples, a mean of 0 and a standard deviation of 1; those
   * that do not vary are 0. What was learned for that goes into {@link #schema()}, and so into a
   * model that is trained on the copy, which then brings all data to the same scale before it
   * predicts.
   *
   * <p>Features are standardised as exactly as they are kept: {@link ReadOptions#exact()} has a
   * reader keep what it would round to float32, and {@link ReadOptions#like} does so for data that
   * a standardised model is used on.
   *
   * @return a data set of its own memory, floats; close both, this one last
   * @throws IllegalStateException if the features are standardised already
   * @throws DataException if there is not enough memory for the copy
   */
  public Dataset standardized() {
    return standardizedOver(IntStream.range(0, samples()).toArray(), Basis.ALL);
  }

  /**
   * A copy as {@link #standardized()}, but with the means and deviations of some of the samples:
   * those that are learned from, where others are held out.
   *
   * @param learned the numbers of these samples, at least one
   * @return a data set of its own memory, floats; close both, this one last
   * @throws IllegalStateException if the features are standardised already
   * @throws DataException if there is not enough memory for the copy, or a feature is beyond
   *     float32 on that scale
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public Dataset standardized(int[] learned) {
    return standardizedOver(learned, Basis.SOME);
  }

  /**
   * A copy as {@link #standardized()}, but for models without an intercept: features are divided by
   * their deviations, and not centred, so that 0 stays 0.
   *
   * @return a data set of its own memory, floats; close both, this one last
   * @throws IllegalStateException if the features are standardised already
   * @throws DataException if there is not enough memory for the copy, or a feature is beyond
   *     float32 on that scale
   */
  public Dataset scaledByDeviations() {
    return scaledByDeviations(IntStream.range(0, samples()).toArray(), Basis.ALL);
  }

  /**
   * A copy as {@link #scaledByDeviations()}, with the deviations of some of the samples.
   *
   * @param learned the numbers of these samples, at least one
   * @return a data set of its own memory, floats; close both, this one last
   * @throws IllegalStateException if the features are standardised already
   * @throws DataException as {@link #scaledByDeviations()}
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  public Dataset scaledByDeviations(int[] learned) {
    return scaledByDeviations(learned, Basis.SOME);
  }

  private Dataset scaledByDeviations(int[] learned, Basis basis) {
    Standardization by = reading(() -> Standardization.learn(features, learned));
    return standardized(by.withoutMeans(), basis);
  }

  private Dataset standardizedOver(int[] learned, Basis basis) {
    return standardized(reading(() -> Standardization.learn(features, learned)), basis);
  }

  /**
   * A copy whose features are brought to the scale of other data.
   *
   * @param by what was learned of the other data
   * @return a data set of its own memory, floats; close both, this one last
   * @throws IllegalStateException if the features are standardised already
   * @throws DataException if there is not enough memory for the copy, there are more or fewer
   *     features, or one is beyond float32 on that scale
   */
  public Dataset standardized(Standardization by) {
    return standardized(by, Basis.OTHERS);
  }

  private Dataset standardized(Standardization by, Basis basis) {
    if (standardized != null) {
      throw new IllegalStateException(origin.source() + " is standardised already");
    }
    if (by.width() != width()) {
      throw new DataException(
          origin.source(),
          String.format(
              Locale.ROOT,
              "samples of %d features, expected the %d that were standardised",
              width(),
              by.width()));
    }
    requireMemory("a standardised copy");
    Arena copies = Arena.ofShared();
    try {
      FloatMatrix copy = FloatMatrix.allocate(copies, width(), samples());
      boolean finite = reading(() -> by.apply(features, copy));
      Dataset data =
          new Dataset(
              copies,
              copy,
              labels,
              weights,
              classNames,
              shape,
              scaling,
              origin,
              question,
              featureNames,
              numbering,
              table,
              new Standardized(by, this, basis));
      if (!finite) {
        data.checkFinite();
      }
      return data;
    } catch (RuntimeException | Error e) {
      copies.close();
      throw e;
    }
  }

  /**
   * A copy of features that are kept as float64, rounded to float32: what is learned from if they
   * are not standardised.
   *
   * @return a data set of its own memory; close both
   * @throws DataException if there is not enough memory for the copy
   * @throws IllegalStateException if the features are not kept as float64
   */
  public Dataset rounded() {
    if (!(features instanceof DoubleMatrix doubles)) {
      throw new IllegalStateException(origin.source() + " has no features in float64");
    }
    requireMemory("a copy in float32");
    Arena copies = Arena.ofShared();
    try {
      FloatMatrix copy = FloatMatrix.allocate(copies, width(), samples());
      doubles.copy(0, samples(), 0, width(), copy);
      return new Dataset(
          copies,
          copy,
          labels,
          weights,
          classNames,
          shape,
          scaling,
          origin,
          question,
          featureNames,
          numbering,
          table,
          null);
    } catch (RuntimeException | Error e) {
      copies.close();
      throw e;
    }
  }

  private void requireMemory(String copy) {
    Memory.lack(copy, FloatMatrix.byteSize(width(), samples()) + byteSize())
        .ifPresent(
            problem -> {
              throw new DataException(origin.source(), problem);
            });
  }

  /**
   * The same data scaled another way, before they are used: numbers in memory are changed where
   * they lie. Close one of the two.
   *
   * @param wanted {@link Scaling#BYTES} or {@link Scaling#PIXELS} for bytes; {@link Scaling#LEVELS}
   *     for numbers in memory that are as they are; or any with the factor that they have
   * @return the same data set, or one on the same memory
   * @throws DataException if a number that is to be a pixel is not from 0 to 255
   */
  Dataset scaledAs(Scaling wanted) {
    if (wanted == scaling) {
      return this;
    }
    SampleMatrix scaled = features;
    if (wanted.factor() != scaling.factor()) {
      if (features instanceof ByteMatrix bytes) {
        scaled = bytes.withScale(wanted.factor());
      } else if (features instanceof NumberMatrix numbers) {
        toPixels(numbers);
      } else {
        scaled = ((MappedMatrix) features).withScale(wanted.factor());
      }
    }
    return new Dataset(
        arena,
        scaled,
        labels,
        weights,
        classNames,
        shape,
        wanted,
        origin,
        question,
        featureNames,
        numbering,
        table,
        null);
  }

  private void toPixels(NumberMatrix numbers) {
    for (int j = 0; j < numbers.columns(); j++) {
      double[] sample = numbers.doubles(j);
      for (int i = 0; i < sample.length; i++) {
        if (!(sample[i] >= 0 && sample[i] <= 255)) {
          throw new DataException(
              origin.source(),
              String.format(
                  Locale.ROOT,
                  "feature %d of sample %d is %s, expected a pixel from 0 to 255 (--scale none takes numbers as they are)",
                  i,
                  j,
                  sample[i]));
        }
        sample[i] *= Scaling.PIXEL_FACTOR;
      }
      numbers.putColumn(j, sample);
    }
  }

  /**
   * The same samples with other labels. Close one of the two.
   *
   * @param newLabels m class numbers below the number of names, not copied; null for none
   * @param names the names of the classes
   * @param asked what the classes answer, or null
   * @return a data set on the same memory
   */
  Dataset relabelled(int[] newLabels, List<String> names, Question asked) {
    return new Dataset(
        arena,
        features,
        newLabels,
        weights,
        List.copyOf(names),
        shape,
        scaling,
        origin,
        asked,
        featureNames,
        numbering,
        table,
        Standardized.with(standardized, raw -> raw.relabelled(newLabels, names, asked)));
  }

  /**
   * The same data, its classes under other names, which then answer no question. Close one of the
   * two.
   *
   * @param names as many names as there are classes
   * @return a data set on the same memory
   * @throws IllegalArgumentException if there are more names or fewer, or two are the same
   */
  public Dataset withClassNames(List<String> names) {
    if (names.size() != classNames.size()) {
      throw new IllegalArgumentException(names + " are not " + classNames.size() + " classes");
    }
    ClassNames.repeated(names)
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("two classes are called '" + name + "'");
            });
    return relabelled(labels, names, names.equals(classNames) ? question : null);
  }

  /**
   * The same data, its classes under names in the place of numbers. Close one of the two.
   *
   * @param names of class 0, 1, 2 and so on, or of the numbers that classes have, in their order
   * @return a data set on the same memory; this one if it has no labels, or its classes have these
   *     names already
   * @throws DataException if the classes have other names, or are more than there are names for
   */
  Dataset withNumbersCalled(List<String> names) {
    if (labels == null || names.containsAll(classNames)) {
      return this;
    }
    boolean counted = ClassNames.areNumbers(classNames);
    int needed = counted ? Arrays.stream(labels).max().orElseThrow() + 1 : classNames.size();
    if (!ClassNames.areNumeric(classNames)
        || needed > names.size()
        || !counted && needed < names.size()) {
      throw new DataException(
          origin.source(),
          String.format(
              Locale.ROOT,
              "has the classes %s, expected %d numbers to be called %s",
              classNames.size() > SHOWN ? classNames.size() + " in all" : classNames,
              names.size(),
              names));
    }
    return relabelled(labels, names, null);
  }

  private void check() {
    if (shape.size() != features.rows()) {
      throw new IllegalArgumentException(
          "a sample of " + shape + " does not have " + features.rows() + " features");
    }
    if (samples() > FloatMatrix.MAX_ROWS) {
      throw new DataException(
          origin.source(),
          String.format(
              Locale.ROOT, "has %d samples, expected at most %d", samples(), FloatMatrix.MAX_ROWS));
    }
    if (classNames.isEmpty()) {
      throw new IllegalArgumentException("there is at least one class");
    }
    ClassNames.repeated(classNames.stream().map(Decimal::normal).toList())
        .ifPresent(
            name -> {
              throw new DataException(
                  origin.source(),
                  "two classes are called '" + name + "', expected a name of its own for each");
            });
    checkLabels();
    // Bytes are finite by construction, and features elsewhere cannot be read.
    if (scaling != Scaling.PIXELS && scaling != Scaling.BYTES && features.byteSize() > 0) {
      reading(this::checkFinite);
    }
  }

  private void checkLabels() {
    if (labels == null) {
      return;
    }
    if (labels.length != features.columns()) {
      throw new DataException(
          origin.source(),
          String.format(
              Locale.ROOT, "%d labels for %d samples, expected as many", labels.length, samples()));
    }
    for (int j = 0; j < labels.length; j++) {
      boolean known = labels[j] >= 0 && labels[j] < classNames.size();
      if (!known && labels[j] != Labels.MISSING) {
        throw new DataException(
            origin.source(),
            String.format(
                Locale.ROOT,
                "label %d of sample %d, expected 0 to %d",
                labels[j],
                j,
                classNames.size() - 1));
      }
    }
  }

  private boolean isFinite(int from, int to) {
    for (int j = from; j < to; j++) {
      for (float element : features.column(j)) {
        if (!Float.isFinite(element)) {
          return false;
        }
      }
    }
    return true;
  }

  private Void checkFinite() {
    if (ColumnRanges.all(features, this::isFinite)) {
      return null;
    }
    for (int j = 0; j < features.columns(); j++) {
      float[] column = features.column(j);
      for (int i = 0; i < column.length; i++) {
        if (!Float.isFinite(column[i])) {
          throw new DataException(
              origin.source(),
              String.format(
                  Locale.ROOT,
                  "feature %d%s of sample %d is %s, expected a finite float32; scale it, or leave"
                      + " it out",
                  i,
                  featureNames == null ? "" : " ('" + featureNames.list().get(i) + "')",
                  j,
                  column[i]));
        }
      }
    }
    return null;
  }

  /**
   * X: the features, scaled.
   *
   * <p>They may lie in a mapped file: whoever reads all of them does so in {@link #reading}.
   *
   * @return d x m
   */
  public SampleMatrix features() {
    return features;
  }

  /**
   * Does work that reads the features, and makes sure that they did not change under it: where they
   * lie in a mapped file, somebody may write to it or cut it short.
   *
   * @param <T> what comes of the work
   * @param work reads features, on whatever threads
   * @return what the work returned
   * @throws DataException if the file of the features is not what it was when it was mapped; what
   *     the work returned or threw is then worth nothing
   * @throws IllegalStateException if the data set is closed, or was closed meanwhile
   */
  public <T> T reading(Supplier<T> work) {
    checkOpen(null);
    try {
      return watching(work);
    } catch (RuntimeException e) {
      // The memory, or the file, complains of what is no longer there, and knows no names.
      checkOpen(e);
      throw e;
    }
  }

  private void checkOpen(RuntimeException cause) {
    if (!arena.scope().isAlive()) {
      String when = cause == null ? " is closed" : " was closed while it was being read";
      throw new IllegalStateException(this + when, cause);
    }
  }

  private <T> T watching(Supplier<T> work) {
    if (!(features instanceof MappedMatrix mapped)) {
      return work.get();
    }
    try {
      T result = work.get();
      mapped.settle();
      mapped.file().checkUnchanged();
      return result;
    } catch (InternalError fault) {
      throw mapped.file().unreadable(fault);
    } catch (RuntimeException e) {
      // Numbers from a file that changed may well have brought it about.
      mapped.file().checkUnchanged();
      throw e;
    }
  }

  /**
   * How much memory the features take, those that they were standardised from, and the rows of the
   * table that they were encoded from, without what lies in a mapped file.
   *
   * @return the size in bytes
   */
  public long byteSize() {
    long raw =
        standardized == null || standardized.raw() == null ? 0 : standardized.raw().byteSize();
    long rows =
        table == null || standardized != null && standardized.raw() != null
            ? 0
            : table.table().map(cells -> cells.cells().byteSize()).orElse(0L);
    return raw + rows + (features instanceof MappedMatrix ? 0 : features.byteSize());
  }

  /**
   * m: the number of samples.
   *
   * @return at least 1
   */
  public int samples() {
    return features.columns();
  }

  /**
   * d: the number of features of a sample.
   *
   * @return at least 1
   */
  public int width() {
    return features.rows();
  }

  /**
   * Whether the samples have labels.
   *
   * @return false for samples that are only to be predicted
   */
  public boolean isLabelled() {
    return labels != null;
  }

  /**
   * y: the class number of each sample.
   *
   * @return a new array of m class numbers
   * @throws IllegalStateException if there are no labels, or a sample has none
   */
  public int[] labels() {
    if (labels == null) {
      throw new IllegalStateException(origin.source() + " has no labels");
    }
    int missing = missingLabels();
    if (missing > 0) {
      throw new IllegalStateException(
          origin.source() + " has no label for " + missing + " samples");
    }
    return labels.clone();
  }

  /**
   * How much each sample counts in training.
   *
   * @return a new array of m weights; empty where all weigh alike
   */
  public Optional<float[]> weights() {
    return Optional.ofNullable(weights).map(float[]::clone);
  }

  /**
   * How many samples are of a class.
   *
   * @param classNumber from 0
   * @return the count
   * @throws IllegalStateException if there are no labels
   */
  public int count(int classNumber) {
    return (int) Arrays.stream(labels()).filter(label -> label == classNumber).count();
  }

  /**
   * How many samples are of each class.
   *
   * @return a count for each class number
   * @throws IllegalStateException if there are no labels
   */
  public int[] counts() {
    int[] counts = new int[classNames.size()];
    for (int label : labels()) {
      counts[label]++;
    }
    return counts;
  }

  /**
   * The names of the classes.
   *
   * @return the names, in the order of the class numbers
   */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * The shape of a sample before it was flattened.
   *
   * @return its size is d
   */
  public FeatureShape shape() {
    return shape;
  }

  /**
   * How the file's numbers became features.
   *
   * @return the scaling that {@link #features()} has had already
   */
  public Scaling scaling() {
    return scaling;
  }

  /**
   * What other samples must have in common with these.
   *
   * @return shape, scaling, class names, question, standardisation, names and numbers of features,
   *     and encoding
   */
  public Schema schema() {
    return new Schema(
        shape,
        scaling,
        classNames,
        question(),
        standardization(),
        featureNames(),
        numbering(),
        encoding());
  }

  /**
   * What the features are called.
   *
   * @return empty where they have no names
   */
  public Optional<FeatureNames> featureNames() {
    return Optional.ofNullable(featureNames);
  }

  /**
   * The numbers of the features in their file.
   *
   * @return empty where the file names them, or has them in the places of an array
   */
  public Optional<Numbering> numbering() {
    return Optional.ofNullable(numbering);
  }

  /**
   * How the columns of a table became the features.
   *
   * @return empty if each feature is a number of the file
   */
  public Optional<TableEncoding> encoding() {
    return table == null ? Optional.empty() : table.encoding();
  }

  /**
   * What the columns of the table are that the data were read from.
   *
   * @return the columns in the order of the file; empty if the data are no table, or nobody looked
   *     at its columns
   */
  public List<ColumnProfile> columns() {
    return table == null ? List.of() : table.profiles();
  }

  /**
   * Whether the encoding was learned from these very samples, so that a part of them can be encoded
   * by what this part teaches.
   *
   * @return false if there is no encoding, or it was learned from other data
   */
  public boolean isEncodedOnItself() {
    return table != null && table.encoding().isPresent() && table.table().isPresent();
  }

  /**
   * How the features were standardised after they had been scaled.
   *
   * @return empty where they were not
   */
  public Optional<Standardization> standardization() {
    return Optional.ofNullable(standardized).map(Standardized::by);
  }

  /**
   * Whether the features are standardised by the means and deviations of all of these very samples.
   *
   * @return false where they are not standardised, or by those of some of them or of other data
   */
  public boolean isStandardizedOverAll() {
    return standardized != null && standardized.basis() == Basis.ALL;
  }

  /**
   * Whether the features are standardised by the means and deviations of these very samples, all or
   * some of them, so that a part of them can be standardised by its own.
   *
   * @return false where they are not standardised, or by those of other data
   */
  public boolean isStandardizedOnItself() {
    return standardized != null && standardized.basis() != Basis.OTHERS;
  }

  /**
   * What the two classes answer, where they were made of others by {@link Question#ask}.
   *
   * @return empty for the classes of the file
   */
  public Optional<Question> question() {
    return Optional.ofNullable(question);
  }

  /**
   * Where the data came from.
   *
   * @return the origin
   */
  public Origin origin() {
    return origin;
  }

  /**
   * The samples as they were before they were standardised.
   *
   * @return the data set that this one is a standardised copy of; this one where it is none, or is
   *     a selection of one
   */
  public Dataset unstandardized() {
    return standardized == null || standardized.raw() == null ? this : standardized.raw();
  }

  /**
   * Returns the digest of the numbers, {@link DataDigest#BLOCKS}, whatever they are stored as, as
   * exactly as they are kept, and before they were standardised (but for a selection of
   * standardised samples, which is on its own). The first call reads all features.
   *
   * @return 64 hexadecimal digits
   * @throws DataException as {@link #reading}
   */
  public String sha256() {
    if (sha256 == null) {
      Dataset raw = unstandardized();
      sha256 = raw == this ? sha256(DataDigest.BLOCKS) : raw.sha256();
    }
    return sha256;
  }

  /**
   * Returns a digest of the same numbers, to compare them with a file that has this digest. Each
   * call reads all features.
   *
   * @param which the digest
   * @return 64 hexadecimal digits
   * @throws DataException as {@link #reading}
   */
  public String sha256(DataDigest which) {
    Dataset raw = unstandardized();
    return raw.reading(() -> DatasetDigest.of(raw, which));
  }

  /**
   * Frees the memory of the features.
   *
   * <p>Whoever is reading them at that moment gets an exception, and so does whoever asks later.
   *
   * @throws IllegalStateException if that was done before
   */
  @Override
  public void close() {
    checkOpen(null);
    arena.close();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "Dataset[%s: %d samples of %s]", origin.source(), samples(), shape);
  }
}
