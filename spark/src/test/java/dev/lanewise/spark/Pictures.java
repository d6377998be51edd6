// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.spark;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Origin;
import dev.lanewise.data.Scaling;
import dev.lanewise.matrix.ByteMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Drawn pictures of some classes, as a data set of this process and as a DataFrame. */
final class Pictures {

  private final byte[][] pixels;
  private final int[] labels;
  private final int classes;

  Pictures(int samples, int features, int classes, long seed) {
    this.pixels = new byte[samples][features];
    this.labels = new int[samples];
    this.classes = classes;
    Random random = new Random(seed);
    for (int j = 0; j < samples; j++) {
      labels[j] = random.nextInt(classes);
      for (int i = 0; i < features; i++) {
        int bright = i % (classes + 1) == labels[j] ? 60 : 0;
        pixels[j][i] = (byte) (random.nextInt(190) + bright);
      }
    }
  }

  private Pictures(byte[][] pixels, int[] labels, int classes) {
    this.pixels = pixels;
    this.labels = labels;
    this.classes = classes;
  }

  /**
   * Pictures whose pixels depend on one another, as those of photographs do, and classes that
   * overlap: solvers need many passes.
   */
  static Pictures smooth(int samples, int features, int classes, long seed) {
    int rank = 60;
    Random random = new Random(seed);
    double[][] shapes = new double[rank][features];
    double[][] directions = new double[classes][rank];
    for (int k = 0; k < rank; k++) {
      double level = 0;
      for (int i = 0; i < features; i++) {
        level = 0.95 * level + random.nextGaussian();
        shapes[k][i] = 25 * level / (1 + k);
      }
      for (int c = 0; c < classes; c++) {
        directions[c][k] = random.nextGaussian() / Math.sqrt(1 + k);
      }
    }
    byte[][] pixels = new byte[samples][features];
    int[] labels = new int[samples];
    for (int j = 0; j < samples; j++) {
      double[] z = random.doubles(rank).map(u -> 3.46 * (u - 0.5)).toArray();
      double best = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        double score = -Math.log(-Math.log(random.nextDouble())); // Gumbel: labels are softmax
        for (int k = 0; k < rank; k++) {
          score += 2 * directions[c][k] * z[k];
        }
        if (score > best) {
          best = score;
          labels[j] = c;
        }
      }
      for (int i = 0; i < features; i++) {
        double value = 120 + 4 * random.nextGaussian();
        for (int k = 0; k < rank; k++) {
          value += shapes[k][i] * z[k];
        }
        pixels[j][i] = (byte) Math.clamp((long) value, 0, 255);
      }
    }
    return new Pictures(pixels, labels, classes);
  }

  int samples() {
    return labels.length;
  }

  Dataset here() {
    Arena arena = Arena.ofShared();
    int d = pixels[0].length;
    ByteMatrix x = ByteMatrix.allocate(arena, d, pixels.length, Scaling.PIXEL_FACTOR);
    for (int j = 0; j < pixels.length; j++) {
      x.setColumn(j, MemorySegment.ofArray(pixels[j]), 0);
    }
    return new Dataset(
        arena,
        x,
        labels,
        IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
        FeatureShape.of(d),
        Scaling.PIXELS,
        Origin.memory("pictures"));
  }

  /** Rows with a number each, binary features and a label. */
  org.apache.spark.sql.Dataset<Row> frame(SparkSession session) {
    StructType schema =
        new StructType()
            .add("number", DataTypes.LongType, false)
            .add("label", DataTypes.IntegerType, false)
            .add("features", DataTypes.BinaryType, false);
    List<Row> rows = new ArrayList<>();
    for (int j = 0; j < pixels.length; j++) {
      rows.add(RowFactory.create((long) j, labels[j], pixels[j]));
    }
    return session.createDataFrame(rows, schema);
  }
}
