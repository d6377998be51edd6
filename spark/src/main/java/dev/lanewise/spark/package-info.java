// SPDX-License-Identifier: Apache-2.0
/**
 * Lanewise on Apache Spark: trains on the rows of a DataFrame the model that one machine would have
 * trained, bit for bit. {@link dev.lanewise.spark.ClusterData} lays rows out in shards, one in each
 * partition; each sum over the samples is a Spark job.
 */
package dev.lanewise.spark;
