// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Measures what the documentation says, on drawn pictures of the size of Fashion-MNIST. No test.
 *
 * <pre>
 * Measure draw SAMPLES FEATURES CLASSES PARQUET     writes drawn pictures
 * Measure pictures HDF5 PARQUET                     writes the pictures of a file that Lanewise reads
 * Measure memory CLASSES                            what an executor takes beside its shard
 * Measure jobs PARTITIONS                           an iteration beside an empty job
 * Measure versus CLASSES PARTITIONS ITERATIONS L2 SOLVER,...   Spark ML beside Lanewise, on two executors
 * </pre>
 */
final class Measure {

  private static final int SAMPLES = 60000;
  private static final int FEATURES = 784;

  private Measure() {}

  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "draw" ->
          write(
              new Pictures(
                  Integer.parseInt(arguments[1]),
                  Integer.parseInt(arguments[2]),
                  Integer.parseInt(arguments[3]),
                  1),
              arguments[4]);
      case "pictures" -> writeFile(Path.of(arguments[1]), arguments[2]);
      case "memory" -> memory(Integer.parseInt(arguments[1]));
      case "jobs" -> jobs(Integer.parseInt(arguments[1]));
      default ->
          versus(
              Integer.parseInt(arguments[1]),
              Integer.parseInt(arguments[2]),
              Integer.parseInt(arguments[3]),
              Double.parseDouble(arguments[4]),
              Arrays.stream(arguments[5].split(",")).map(SolverChoice::valueOf).toList());
    }
  }

  private static void write(Pictures pictures, String path) {
    SparkSession session = Sessions.local(Map.of());
    pictures.frame(session).coalesce(2).sortWithinPartitions("number").write().parquet(path);
    Sessions.stop(session);
  }

  private static void writeFile(Path file, String path) throws IOException {
    SparkSession session = Sessions.local(Map.of());
    List<Row> rows = new ArrayList<>();
    try (dev.lanewise.data.Dataset data = Datasets.read(file, ReadOptions.labelled())) {
      ByteMatrix x = (ByteMatrix) data.features();
      int[] labels = data.labels();
      for (int j = 0; j < data.samples(); j++) {
        byte[] bytes = new byte[data.width()];
        MemorySegment.copy(
            x.segment(), x.columnOffset(j), MemorySegment.ofArray(bytes), 0, bytes.length);
        rows.add(RowFactory.create((long) j, labels[j], bytes));
      }
    }
    StructType schema =
        new StructType()
            .add("number", DataTypes.LongType, false)
            .add("label", DataTypes.IntegerType, false)
            .add("features", DataTypes.BinaryType, false);
    session.createDataFrame(rows, schema).coalesce(1).write().parquet(path);
    Sessions.stop(session);
  }

  private static Hyperparameters descent(int iterations) {
    return Hyperparameters.tutorial()
        .withIterations(iterations)
        .withEngine(EngineChoice.PRIMAL)
        .withCostEvery(0);
  }

  /** Median milliseconds. */
  private static double median(int count, Runnable job) {
    double[] times = new double[count];
    for (int i = -count / 2; i < count; i++) {
      long start = System.nanoTime();
      job.run();
      if (i >= 0) {
        times[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(times);
    return times[count / 2];
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  private static void jobs(int partitions) {
    SparkSession session = Sessions.cluster(Map.of());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    // So few samples that computing takes a millisecond.
    for (int classes : new int[] {2, 10}) {
      Pictures pictures = new Pictures(4096, FEATURES, classes, 1);
      Dataset<Row> rows = pictures.frame(session).cache();
      LayoutOptions layout = LayoutOptions.DEFAULT.withPartitions(partitions);
      try (ClusterData data = ClusterData.layOut(rows, ClusterBits.NUMBERED, layout)) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
          numbers.add(i);
        }
        JavaRDD<Integer> empty = spark.parallelize(numbers, partitions).cache();
        data.fit(descent(100), Execution.ofThreads(1), TrainingListener.SILENT);
        for (int round = 0; round < 3; round++) {
          double nothing = median(200, () -> nothing(empty));
          List<Long> ends = new ArrayList<>();
          TrainingListener clock =
              new TrainingListener() {
                @Override
                public void iterationCompleted(int completed) {
                  ends.add(System.nanoTime());
                }
              };
          data.fit(descent(200), Execution.ofThreads(1), clock);
          double[] times = new double[ends.size() - 1];
          for (int i = 0; i < times.length; i++) {
            times[i] = (ends.get(i + 1) - ends.get(i)) / 1e6;
          }
          Arrays.sort(times);
          double iteration = times[times.length / 2];
          say(
              "%d classes, %d partitions: empty job %.2f ms, iteration %.2f ms, ratio %.2f",
              classes, partitions, nothing, iteration, iteration / nothing);
        }
      }
      rows.unpersist();
    }
    Sessions.stop(session);
  }

  /** The resident memory of each executor, in MB. */
  private static Map<String, Long> resident(JavaSparkContext spark) {
    Map<String, Long> found = new TreeMap<>();
    spark
        .parallelize(List.of(1, 2, 3, 4), 4)
        .map(
            number -> {
              System.gc();
              Thread.sleep(1000); // so that each executor takes some of the tasks
              String line =
                  Files.readAllLines(Path.of("/proc/self/status")).stream()
                      .filter(text -> text.startsWith("VmRSS"))
                      .findFirst()
                      .orElseThrow();
              return SparkEnv.get().executorId() + " " + line.replaceAll("[^0-9]", "");
            })
        .collect()
        .forEach(
            text -> {
              String[] parts = text.split(" ");
              found.put(parts[0], Long.parseLong(parts[1]) / 1024);
            });
    return found;
  }

  private static void memory(int classes) throws IOException {
    SparkSession session = Sessions.cluster(Map.of());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Path parquet = Files.createTempDirectory("lanewise").resolve("pictures");
    new Pictures(SAMPLES, FEATURES, classes, 1).frame(session).write().parquet(parquet.toString());
    Dataset<Row> rows = session.read().parquet(parquet.toString());
    // Once, so that classes are loaded and compiled, and the heap has grown.
    ClusterBits.there(rows, ClusterBits.NUMBERED, 2, descent(30));
    say("before: %s MB", resident(spark));
    LayoutOptions layout = LayoutOptions.DEFAULT.withPartitions(2);
    try (ClusterData data = ClusterData.layOut(rows, ClusterBits.NUMBERED, layout)) {
      say("laid out: %s MB", resident(spark));
      data.fit(descent(30), Execution.ofThreads(1), TrainingListener.SILENT);
      say("gd: %s MB", resident(spark));
      Hyperparameters lbfgs =
          Hyperparameters.of(SolverChoice.LBFGS).withPenalty(Penalty.l2(1)).withIterations(10);
      data.fit(lbfgs, Execution.ofThreads(1), TrainingListener.SILENT);
      say("lbfgs: %s MB", resident(spark));
    }
    say("closed: %s MB", resident(spark));
    Sessions.stop(session);
  }

  // Static, so that the closure has nothing.
  private static List<Integer> nothing(JavaRDD<Integer> rdd) {
    return rdd.mapPartitions(it -> List.of(1).iterator()).collect();
  }

  private static void versus(
      int classes, int partitions, int iterations, double l2, List<SolverChoice> solvers)
      throws IOException {
    Pictures pictures = Pictures.smooth(SAMPLES, FEATURES, classes, 1);
    SparkSession session =
        Sessions.cluster(Map.of("spark.executor.memory", "1000m", "spark.cores.max", "2"));
    Path parquet = Files.createTempDirectory("lanewise").resolve("pictures");
    pictures.frame(session).write().parquet(parquet.toString());
    Dataset<Row> rows = session.read().parquet(parquet.toString());
    long begin = System.nanoTime();
    LayoutOptions layout = LayoutOptions.DEFAULT.withPartitions(partitions);
    try (ClusterData data = ClusterData.layOut(rows, ClusterBits.NUMBERED, layout)) {
      double laidOut = (System.nanoTime() - begin) / 1e9;
      for (SolverChoice solver : solvers) {
        Hyperparameters of =
            Hyperparameters.of(solver).withPenalty(Penalty.l2(l2)).withCostEvery(0);
        TrainingResult result = data.fit(of, Execution.ofThreads(1), TrainingListener.SILENT);
        say(
            "lanewise %s: layout %.2f s, training %.2f s, %d iterations, %.1f passes,"
                + " objective %.9f, gap %.1e, %s",
            solver.id(),
            laidOut,
            result.seconds(),
            result.convergence().iterations(),
            result.convergence().passes(),
            result.convergence().objective(),
            result.convergence().objectiveGap(),
            result.model().weightsSha256().substring(0, 16));
      }
    }
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());
    MapFunction<Row, Row> convert =
        row -> {
          byte[] bytes = row.getAs("features");
          double[] values = new double[bytes.length];
          for (int i = 0; i < values.length; i++) {
            values[i] = (bytes[i] & 0xff) / 255.0;
          }
          return RowFactory.create((double) row.<Integer>getAs("label"), Vectors.dense(values));
        };
    Dataset<Row> vectors = rows.map(convert, Encoders.row(schema)).repartition(partitions).cache();
    vectors.count();
    long start = System.nanoTime();
    LogisticRegressionModel model =
        new LogisticRegression()
            .setRegParam(l2 / SAMPLES)
            .setStandardization(false)
            .setMaxIter(iterations)
            .setTol(1e-9)
            .fit(vectors);
    double seconds = (System.nanoTime() - start) / 1e9;
    double[] history = model.summary().objectiveHistory();
    say(
        "spark ml: training %.2f s from cached rows, %d iterations, objective %.9f",
        seconds, model.summary().totalIterations(), history[history.length - 1]);
    Sessions.stop(session);
  }
}
