// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.cluster.ClusterPlan;
import dev.lanewise.cluster.Storage;
import java.io.Serial;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** Brings numbered rows to their shards: a row goes by its number, in whatever order rows come. */
final class RowLayout {

  private RowLayout() {}

  /** The shard of a row is its key. */
  private static final class ByShard extends Partitioner {

    @Serial private static final long serialVersionUID = 1;

    private final int shards;

    ByShard(int shards) {
      this.shards = shards;
    }

    @Override
    public int numPartitions() {
      return shards;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }
  }

  /**
   * Lays rows out.
   *
   * @param rows with their numbers
   * @param labels the label of each text
   * @param form of the shards
   * @param mostOfSparse the most features of a sparse vector
   * @return a shard in each partition, kept in memory
   */
  static JavaRDD<ShardBlock> shards(
      NumberedRows rows, Map<String, Integer> labels, ShardForm form, int mostOfSparse) {
    Map<String, Integer> numbers = new HashMap<>(labels);
    ClusterPlan plan = form.plan();
    return rows.rows()
        .mapToPair(
            pair -> {
              long number = pair._1();
              if (number >= plan.samples()) {
                throw new RowException(
                    "row number "
                        + number
                        + " of "
                        + plan.samples()
                        + " rows: the rows changed while they were read; cache them");
              }
              Sample sample = sample(number, pair._2(), numbers, form, mostOfSparse);
              return new Tuple2<>(plan.shardOf(number), sample);
            })
        .partitionBy(new ByShard(plan.shards()))
        .mapPartitionsWithIndex(
            (number, samples) -> List.of(new ShardBlock(form, number, values(samples))).iterator(),
            true)
        .setName("Lanewise samples")
        .persist(StorageLevel.MEMORY_ONLY());
  }

  private static Iterator<Sample> values(Iterator<Tuple2<Integer, Sample>> pairs) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pairs.hasNext();
      }

      @Override
      public Sample next() {
        return pairs.next()._2();
      }
    };
  }

  private static Sample sample(
      long number, Row row, Map<String, Integer> labels, ShardForm form, int mostOfSparse) {
    String where = "row " + number;
    Integer label = labels.get(row.getString(NumberedRows.LABEL));
    if (label == null) {
      throw new RowException(
          where
              + ": the label was not there a moment ago; the rows change while they are read:"
              + " cache them");
    }
    float weight = form.weighted() ? weight(row.get(NumberedRows.WEIGHT), where) : 1;
    Object features = row.get(NumberedRows.FEATURES);
    if (form.storage() == Storage.BYTES) {
      return new Sample(number, label, weight, RowFeatures.bytes(features, where), null, null);
    }
    double[] numbers = RowFeatures.numbers(features, where, mostOfSparse);
    if (form.storage() == Storage.DOUBLES) {
      return new Sample(number, label, weight, null, null, numbers);
    }
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return new Sample(number, label, weight, null, floats, null);
  }

  private static float weight(Object value, String where) {
    if (value instanceof Double weight && weight >= 0 && Double.isFinite(weight.floatValue())) {
      return weight.floatValue();
    }
    throw new RowException(
        where + ": the weight is " + value + ", expected a finite number of at least 0");
  }
}
