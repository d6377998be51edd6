// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.train.Execution;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors in processes of their own that fail: the bits stay. */
class FaultsTest {

  private static final String JAVA = "org.apache.spark.serializer.JavaSerializer";
  private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";

  private static final Pictures PICTURES = new Pictures(5000, 30, 3, 3);
  private static String expected;

  @TempDir private static Path folder;

  @BeforeAll
  static void trainHere() {
    expected = ClusterBits.digest(ClusterBits.here(PICTURES, ClusterBits.lbfgs()));
  }

  /** Does something once, in whatever process. */
  private static boolean isFirst(String marker) {
    try {
      Files.createFile(Path.of(marker));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void killAnExecutor(JavaSparkContext spark, String marker) {
    spark
        .parallelize(List.of(1, 2, 3, 4), 4)
        .foreach(
            number -> {
              if (isFirst(marker)) {
                Runtime.getRuntime().halt(9);
              }
            });
  }

  private static Dataset<Row> failingOnce(Dataset<Row> rows, String marker) {
    UDF1<byte[], byte[]> fails =
        bytes -> {
          if (isFirst(marker)) {
            throw new IllegalStateException("on purpose");
          }
          return bytes;
        };
    return rows.withColumn(
        "features", udf(fails, DataTypes.BinaryType).asNondeterministic().apply(col("features")));
  }

  @Test
  void failedTasksAndKilledExecutorsChangeNoBit() {
    train(KRYO, new int[0]);
  }

  @Test
  @Tag("slow")
  void failedTasksAndKilledExecutorsChangeNoBitWithJavaSerialization() {
    train(JAVA, new int[] {1, 2, 3, 16});
  }

  private static void train(String serializer, int[] more) {
    String name = serializer.equals(KRYO) ? "kryo" : "java";
    SparkSession session =
        Sessions.cluster(Map.of("spark.serializer", serializer, "spark.speculation", "true"));
    try {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      String parquet = folder.resolve(name).toString();
      PICTURES.frame(session).orderBy(rand(7)).write().parquet(parquet);
      Dataset<Row> rows =
          failingOnce(session.read().parquet(parquet), folder.resolve(name + "-failed").toString());
      String killed = folder.resolve(name + "-killed").toString();
      TrainingListener killer =
          new TrainingListener() {
            @Override
            public void iterationCompleted(int completed) {
              if (completed == 4) {
                killAnExecutor(spark, killed);
              }
            }
          };
      LayoutOptions layout = LayoutOptions.DEFAULT.withPartitions(7);
      try (ClusterData data = ClusterData.layOut(rows, ClusterBits.NUMBERED, layout)) {
        TrainingResult result = data.fit(ClusterBits.lbfgs(), Execution.ofThreads(1), killer);
        assertThat(ClusterBits.digest(result)).isEqualTo(expected);
      }
      assertThat(folder.resolve(name + "-failed")).exists();
      assertThat(folder.resolve(name + "-killed")).exists();
      for (int partitions : more) {
        assertThat(
                ClusterBits.digest(
                    ClusterBits.there(rows, ClusterBits.NUMBERED, partitions, ClusterBits.lbfgs())))
            .isEqualTo(expected);
      }
    } finally {
      Sessions.stop(session);
    }
  }

  @Test
  void theMemoryOfShardsIsFreedWithTheData() {
    SparkSession session = Sessions.local(Map.of());
    try {
      Dataset<Row> rows = PICTURES.frame(session);
      ClusterBits.there(rows, ClusterBits.NUMBERED, 4, ClusterBits.descent());
      assertThat(JavaSparkContext.fromSparkContext(session.sparkContext()).getPersistentRDDs())
          .isEmpty();
    } finally {
      Sessions.stop(session);
    }
  }
}
