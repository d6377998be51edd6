// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.TrainingResult;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training by Spark in one process has the bits of one without Spark. */
class LocalBitsTest {

  private static SparkSession session;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    session = Sessions.local(Map.of());
  }

  @AfterAll
  static void stop() {
    Sessions.stop(session);
  }

  @Test
  void everySolverHasTheSameBits() {
    trainEverywhere(new Pictures(3000, 30, 3, 1), new int[] {7});
  }

  @Test
  @Tag("slow")
  void everySolverHasTheSameBitsForEveryNumberOfPartitions() {
    trainEverywhere(new Pictures(6000, 40, 2, 1), new int[] {1, 2, 3, 7, 16, 64});
    trainEverywhere(new Pictures(6000, 40, 4, 1), new int[] {1, 2, 3, 7, 16, 64});
  }

  private static void trainEverywhere(Pictures pictures, int[] counts) {
    Dataset<Row> rows = pictures.frame(session).repartition(5).cache();
    for (Hyperparameters options : ClusterBits.all()) {
      TrainingResult here = ClusterBits.here(pictures, options);
      for (int partitions : counts) {
        TrainingResult there = ClusterBits.there(rows, ClusterBits.NUMBERED, partitions, options);
        assertThat(ClusterBits.digest(there))
            .as("%s, %d partitions", options.solver(), partitions)
            .isEqualTo(ClusterBits.digest(here));
        assertThat(there.convergence()).isEqualTo(here.convergence());
        assertThat(there.model().provenance().data().sha256())
            .isEqualTo(here.model().provenance().data().sha256());
      }
    }
    rows.unpersist();
  }

  @Test
  void filesHaveTheOrderOfTheirRowsHoweverTheyAreSplit() {
    Pictures pictures = new Pictures(3000, 20, 2, 2);
    String expected = ClusterBits.digest(ClusterBits.here(pictures, ClusterBits.lbfgs()));
    String parquet = folder.resolve("rows.parquet").toString();
    pictures
        .frame(session)
        .repartitionByRange(3, org.apache.spark.sql.functions.col("number"))
        .sortWithinPartitions("number")
        .write()
        .parquet(parquet);
    for (String bytes : new String[] {"128m", "20k", "7k"}) {
      session.conf().set("spark.sql.files.maxPartitionBytes", bytes);
      Dataset<Row> rows = session.read().parquet(parquet);
      assertThat(
              ClusterBits.digest(
                  ClusterBits.there(rows, ClusterBits.BY_FILE, 3, ClusterBits.lbfgs())))
          .as(bytes)
          .isEqualTo(expected);
    }
    session.conf().unset("spark.sql.files.maxPartitionBytes");
  }
}
