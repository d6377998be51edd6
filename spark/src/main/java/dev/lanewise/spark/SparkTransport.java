// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.cluster.Transport;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One Spark job a request. The request travels in the closure, which Spark broadcasts once to each
 * executor; answers are collected and never reduced, because Spark reduces in the order of
 * completion.
 */
final class SparkTransport implements Transport {

  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext spark;
  private final JavaRDD<ShardBlock> shards;
  private final Supplier<String> progress;

  /**
   * A transport.
   *
   * @param shards one in each partition
   * @param progress of the training, for the descriptions of jobs
   */
  SparkTransport(JavaSparkContext spark, JavaRDD<ShardBlock> shards, Supplier<String> progress) {
    this.spark = spark;
    this.shards = shards;
    this.progress = progress;
  }

  @Override
  public List<byte[]> ask(byte[] request, String description) {
    String before = spark.getLocalProperty(DESCRIPTION);
    spark.sc().setJobDescription("Lanewise: " + progress.get() + description);
    try {
      return answers(shards, request);
    } catch (Exception e) {
      throw Failures.of(e);
    } finally {
      spark.sc().setJobDescription(before);
    }
  }

  // Static, so that the closure has nothing but the request.
  private static List<byte[]> answers(JavaRDD<ShardBlock> shards, byte[] request) {
    return shards.mapPartitions(it -> List.of(it.next().answer(request)).iterator()).collect();
  }
}
