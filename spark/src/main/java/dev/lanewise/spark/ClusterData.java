// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;

import dev.lanewise.cluster.ClusterPlan;
import dev.lanewise.cluster.ClusterSamples;
import dev.lanewise.cluster.Storage;
import dev.lanewise.data.DataException;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.text.Decimal;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.train.Checkpointing;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import dev.lanewise.train.WarmStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The rows of a DataFrame as samples in shards, for several trainings. Close it to free the memory
 * of the executors. For use by one thread.
 */
public final class ClusterData implements AutoCloseable {

  private final JavaRDD<ShardBlock> shards;
  private final ClusterSamples samples;
  private final dev.lanewise.data.Dataset raw;
  private final dev.lanewise.data.Dataset data;
  private final boolean repeatable;
  private final ShardForm form;
  private boolean onDriver;

  /** How far a training is, for the descriptions of jobs. */
  private String progress = "";

  private ClusterData(
      JavaSparkContext spark,
      JavaRDD<ShardBlock> shards,
      ShardForm form,
      List<String> classNames,
      Scaling scaling,
      Origin origin,
      boolean repeatable,
      boolean standardize) {
    this.shards = shards;
    this.repeatable = repeatable;
    this.form = form;
    this.samples =
        new ClusterSamples(
            form.plan(),
            form.features(),
            form.storage(),
            form.scale(),
            new SparkTransport(spark, shards, () -> progress));
    this.raw = samples.describe(classNames, FeatureShape.of(form.features()), scaling, origin);
    this.data = standardize ? samples.standardize(raw) : raw;
  }

  /**
   * Lays the rows of a DataFrame out: reads them three times, to find labels, order and samples.
   *
   * @param rows the DataFrame
   * @param columns that are read
   * @param options of the layout
   * @return the samples, in the memory of the executors
   * @throws RowException if a row, a column or an executor cannot be used, or there is no order and
   *     one is required
   * @throws DataException if the labels are no classes
   */
  public static ClusterData layOut(Dataset<Row> rows, RowColumns columns, LayoutOptions options) {
    return layOut(rows, columns, options, "the DataFrame");
  }

  /**
   * Lays the rows of a DataFrame out.
   *
   * @param rows the DataFrame
   * @param columns that are read
   * @param options of the layout
   * @param source what the rows are called in messages and in the model
   * @return the samples, in the memory of the executors
   * @throws RowException as {@link #layOut(Dataset, RowColumns, LayoutOptions)}
   * @throws DataException if the labels are no classes
   */
  public static ClusterData layOut(
      Dataset<Row> rows, RowColumns columns, LayoutOptions options, String source) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    try {
      Executors.check(spark, options.requireVector());
      return layOut(spark, rows, columns, options, source);
    } catch (DataException e) {
      throw e;
    } catch (Exception e) {
      throw Failures.of(e);
    }
  }

  private static ClusterData layOut(
      JavaSparkContext spark,
      Dataset<Row> rows,
      RowColumns columns,
      LayoutOptions options,
      String source) {
    List<Column> selected = new ArrayList<>();
    selected.add(rows.col(columns.features()));
    selected.add(rows.col(columns.label()).cast(DataTypes.StringType));
    columns.weight().ifPresent(weight -> selected.add(rows.col(weight).cast(DataTypes.DoubleType)));
    columns.order().ifPresent(rows::col); // fails if it is not there
    LabelCounts labels = LabelCounts.of(rows, columns.label(), source);
    if (labels.samples() > FloatMatrix.MAX_ROWS) {
      throw new RowException(
          String.format(
              Locale.ROOT,
              "%s has %d rows, expected at most %d; train on a sample of them",
              source,
              labels.samples(),
              FloatMatrix.MAX_ROWS));
    }
    boolean binary =
        rows.schema().apply(columns.features()).dataType().equals(DataTypes.BinaryType);
    Scaling scaling = options.scale().scaling(binary);
    Storage storage =
        binary || scaling.isPixels()
            ? Storage.BYTES
            : options.standardize() ? Storage.DOUBLES : Storage.FLOATS;
    Object first = rows.select(columns.features()).first().get(0);
    int features = RowFeatures.numbers(first, "the first row", options.mostOfSparse()).length;
    if (features == 0) {
      throw new RowException("the first row has no features, expected at least one");
    }
    int shards = options.partitions() == 0 ? spark.defaultParallelism() : options.partitions();
    ShardForm form =
        new ShardForm(
            new ClusterPlan(Math.toIntExact(labels.samples()), shards),
            features,
            storage,
            scaling.factor(),
            columns.weight().isPresent(),
            options.requireVector());
    NumberedRows numbered = RowOrder.number(rows, selected, columns.order());
    if (!numbered.repeatable() && options.requireOrder()) {
      throw new RowException(
          source
              + " has no order, and another layout of its partitions would give another model; set"
              + " orderCol to a column that numbers or orders the rows, or read files directly");
    }
    JavaRDD<ShardBlock> blocks =
        RowLayout.shards(numbered, labels.numbers(), form, options.mostOfSparse());
    try {
      return new ClusterData(
          spark,
          blocks,
          form,
          labels.classNames(),
          scaling,
          new Origin(
              source, "Spark", columns.features(), columns.label(), columns.weight().orElse("")),
          numbered.repeatable(),
          options.standardize());
    } catch (RuntimeException | Error e) {
      blocks.unpersist(false);
      throw e;
    }
  }

  /** The labels of a DataFrame, as texts. */
  private record LabelCounts(Map<String, Integer> numbers, List<String> classNames, long samples) {

    // As where files are read.
    private static final int FEW = 5;
    private static final int ROWS_OF_CLASS = 10;

    static LabelCounts of(Dataset<Row> rows, String label, String source) {
      List<Row> counts =
          rows.select(rows.col(label).cast(DataTypes.StringType).as("label"))
              .groupBy(col("label"))
              .count()
              .limit(Labels.HIGHEST + 2)
              .collectAsList();
      if (counts.isEmpty()) {
        throw new RowException(source + " has no rows, expected at least one");
      }
      List<String> texts = new ArrayList<>();
      long samples = 0;
      for (Row row : counts) {
        if (row.isNullAt(0)) {
          throw new RowException(
              String.format(
                  Locale.ROOT,
                  "column %s is null in %d rows, expected a label in each; leave them out",
                  label,
                  row.getLong(1)));
        }
        texts.add(row.getString(0));
        samples += row.getLong(1);
      }
      checkClasses(label, texts, samples);
      LabelRules rules = LabelRules.STRICT.ofAnyType();
      Labels found = Labels.ofTexts(source, label, texts, rules, List.of()).orElseThrow();
      return of(texts, found, samples);
    }

    // Numbers that no row has are no classes, as where files are read; there are two at least.
    private static LabelCounts of(List<String> texts, Labels found, long samples) {
      int[] classes = IntStream.of(found.numbers()).sorted().distinct().toArray();
      boolean all = found.classNames().size() == 2 || classes.length == 1;
      Map<String, Integer> numbers = new HashMap<>();
      for (int i = 0; i < texts.size(); i++) {
        int number = found.numbers()[i];
        numbers.put(texts.get(i), all ? number : Arrays.binarySearch(classes, number));
      }
      List<String> names = found.classNames();
      List<String> seen = IntStream.of(classes).mapToObj(names::get).toList();
      return new LabelCounts(numbers, all ? names : seen, samples);
    }

    private static void checkClasses(String label, List<String> texts, long samples) {
      for (String text : texts) {
        String normal = Decimal.normal(text.strip());
        if (Decimal.isNumber(normal) && !Decimal.isWhole(normal)) {
          throw new RowException(
              "column "
                  + label
                  + " has the value "
                  + text
                  + ", expected classes: whole numbers or names");
        }
      }
      if (texts.size() > FEW && texts.size() > samples / ROWS_OF_CLASS) {
        throw new RowException(
            String.format(
                Locale.ROOT,
                "column %s has %d different values in %d rows, more than a tenth as many, and so is"
                    + " most likely no class",
                label,
                texts.size(),
                samples));
      }
    }
  }

  /**
   * Returns the samples, without their features.
   *
   * @return the data set, standardised if that was asked for
   */
  public dev.lanewise.data.Dataset data() {
    return data;
  }

  /**
   * Tells whether another physical layout of the same rows gives the same numbers, and so the same
   * bits.
   *
   * @return false if the rows have no order of their own
   */
  public boolean isRepeatable() {
    return repeatable;
  }

  /**
   * Returns how many shards there are.
   *
   * @return at least 1
   */
  public int partitions() {
    return form.plan().shards();
  }

  /**
   * Returns how features are kept.
   *
   * @return {@code bytes}, {@code floats} or {@code doubles}
   */
  public String storage() {
    return form.storage().name().toLowerCase(Locale.ROOT);
  }

  /**
   * Tells whether the last training ran on the driver, on a copy of the samples.
   *
   * @return true if it did
   */
  public boolean ranOnDriver() {
    return onDriver;
  }

  /**
   * Trains. Where few samples make products of samples the faster way (the gram engine, newton with
   * fewer samples than features), the samples are copied to the driver, which trains alone.
   *
   * @param hyperparameters what is learned, and how; sgd and one versus the rest are rejected
   * @param execution kernels and threads of the driver; changes no bit
   * @param listener receives progress, costs and warnings
   * @return the finished run
   * @throws IllegalArgumentException if the training does not run on a cluster
   * @throws RowException if an executor fails for a reason that has a remedy
   */
  public TrainingResult fit(
      Hyperparameters hyperparameters, Execution execution, TrainingListener listener) {
    return fit(hyperparameters, execution, listener, Checkpointing.NONE);
  }

  /**
   * Trains with checkpoints, which are files of the driver.
   *
   * @param hyperparameters as {@link #fit(Hyperparameters, Execution, TrainingListener)}
   * @param execution kernels and threads of the driver; changes no bit
   * @param listener receives progress, costs and warnings
   * @param checkpoints where the run is saved, and what it resumes from; for gd only
   * @return the finished run
   * @throws IllegalArgumentException as {@link #fit(Hyperparameters, Execution, TrainingListener)},
   *     or if there are checkpoints and the solver is newton or lbfgs
   */
  public TrainingResult fit(
      Hyperparameters hyperparameters,
      Execution execution,
      TrainingListener listener,
      Checkpointing checkpoints) {
    LogisticRegression trainer = new LogisticRegression(hyperparameters, execution);
    check(hyperparameters);
    if (!repeatable) {
      listener.warning(
          "the rows have no order of their own: the bits of the model hold for this physical layout"
              + " only; set orderCol to a column that numbers or orders the rows");
    }
    try {
      onDriver = trainer.readsSamples(data);
      if (onDriver) {
        return alone(trainer, execution, listener, checkpoints);
      }
      return fit(trainer.on(samples), data, execution, new Watcher(listener), checkpoints);
    } finally {
      progress = "";
    }
  }

  private void check(Hyperparameters hyperparameters) {
    if (hyperparameters.solver().usesBatches()) {
      throw new IllegalArgumentException(
          "sgd shuffles single samples, which does not run on a cluster; take lbfgs, newton or gd");
    }
    if (hyperparameters.isOneVersusRest(data)) {
      throw new IllegalArgumentException(
          "one versus the rest does not run on a cluster; take softmax");
    }
  }

  private TrainingResult alone(
      LogisticRegression trainer,
      Execution execution,
      TrainingListener listener,
      Checkpointing checkpoints) {
    try (dev.lanewise.data.Dataset copy = samples.collect(raw)) {
      if (data == raw) {
        return fit(trainer, copy, execution, listener, checkpoints);
      }
      try (dev.lanewise.data.Dataset standardized = copy.standardized()) {
        return fit(trainer, standardized, execution, listener, checkpoints);
      }
    }
  }

  private static TrainingResult fit(
      LogisticRegression trainer,
      dev.lanewise.data.Dataset train,
      Execution execution,
      TrainingListener listener,
      Checkpointing checkpoints) {
    Kernels kernels = KernelChoice.choose(execution.kernel(), listener::warning);
    return trainer.fit(train, WarmStart.NONE, kernels, listener, checkpoints);
  }

  /** Passes progress on, and keeps it for the descriptions of jobs. */
  private final class Watcher implements TrainingListener {

    private final TrainingListener listener;

    Watcher(TrainingListener listener) {
      this.listener = listener;
    }

    @Override
    public void iterationCompleted(int completed) {
      progress = String.format(Locale.ROOT, "iteration %d, ", completed + 1);
      listener.iterationCompleted(completed);
    }

    @Override
    public void costComputed(int iteration, double cost) {
      listener.costComputed(iteration, cost);
    }

    @Override
    public void iterated(int iteration, double objective, double gradientNorm, double passes) {
      progress =
          String.format(Locale.ROOT, "after iteration %d, cost %.6g, ", iteration, objective);
      listener.iterated(iteration, objective, gradientNorm, passes);
    }

    @Override
    public void warning(String message) {
      listener.warning(message);
    }
  }

  @Override
  public void close() {
    data.close();
    shards.unpersist(false);
  }
}
