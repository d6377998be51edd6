// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.array.ArrayNames;
import dev.lanewise.data.hdf5.Hdf5Content.Packed;
import dev.lanewise.matrix.DoubleMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes data sets: any that was read, and pictures as the tutorial's files hold them, {@code
 * train_set_x} (m, rows, columns, channels) of uint8, {@code train_set_y} (m) of int64, {@code
 * list_classes}; the same with {@code test}.
 */
public final class Hdf5DatasetWriter {

  private Hdf5DatasetWriter() {}

  /**
   * Writes samples of a data set, whole or not at all: {@code X} (m, and the shape of a sample) of
   * uint8 or float32, or of float64 where the data set keeps numbers that are no float32; where
   * there are labels, {@code y} (m) of int64 and {@code classes}; where the features have names,
   * {@code feature_names}; and where samples have weights, {@code weights} (m) of float32. Read
   * back, they are the same bits.
   *
   * @param target the file, new or to be replaced
   * @param data the data set
   * @param samples which of its samples, in this order; at least one
   * @throws DataException as {@link Hdf5Writer#write}, if a copy does not fit into memory, or as
   *     {@link Dataset#reading}
   */
  public static void write(Path target, Dataset data, int[] samples) {
    SampleMatrix x = data.features();
    Packed type = packed(data);
    long sampleBytes = (long) data.width() * type.size();
    long beside = x instanceof MappedMatrix ? 0 : x.byteSize();
    Memory.lack(
            String.format(Locale.ROOT, "a copy of %d samples", samples.length),
            sampleBytes * samples.length + beside)
        .ifPresent(
            problem -> {
              throw new DataException(data.origin().source(), problem);
            });
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(sampleBytes * samples.length, Double.BYTES);
      data.reading(
          () -> {
            for (int k = 0; k < samples.length; k++) {
              MemorySegment from = sample(x, samples[k], type, data.scaling());
              bytes.asSlice(k * sampleBytes, sampleBytes).copyFrom(from);
            }
            return null;
          });
      Hdf5Content content =
          new Hdf5Content().numbers("X", type, bytes, dimensions(samples.length, data.shape()));
      if (data.isLabelled()) {
        int[] labels = data.labels();
        content
            .int64("y", Arrays.stream(samples).mapToLong(j -> labels[j]).toArray())
            .strings("classes", data.classNames());
      }
      data.featureNames()
          .ifPresent(names -> content.strings(ArrayNames.FEATURE_NAMES, names.list()));
      if (data.weights().isPresent()) {
        float[] weights = data.weights().get();
        float[] some = new float[samples.length];
        for (int k = 0; k < samples.length; k++) {
          some[k] = weights[samples[k]];
        }
        content.float32("weights", some, samples.length);
      }
      Hdf5Writer.write(target, content);
    }
  }

  private static Packed packed(Dataset data) {
    if (data.scaling() == Scaling.PIXELS || data.scaling() == Scaling.BYTES) {
      return Packed.UINT8;
    }
    boolean exact = data.features() instanceof DoubleMatrix doubles && !doubles.isFloats();
    return exact ? Packed.FLOAT64 : Packed.FLOAT32;
  }

  private static MemorySegment sample(SampleMatrix x, int number, Packed type, Scaling scaling) {
    return switch (type) {
      case UINT8 -> MemorySegment.ofArray(bytes(x.column(number), scaling));
      case FLOAT32 -> MemorySegment.ofArray(x.column(number));
      case FLOAT64 -> MemorySegment.ofArray(x.doubles(number));
    };
  }

  // The bytes that the features were made of: the product is off by less than a hundredth.
  private static byte[] bytes(float[] column, Scaling scaling) {
    byte[] bytes = new byte[column.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(column[i] / scaling.factor());
    }
    return bytes;
  }

  private static int[] dimensions(int samples, FeatureShape shape) {
    return Stream.concat(Stream.of(samples), shape.dimensions().stream())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @param target the file, new or to be replaced
   * @param prefix {@code train} or {@code test}
   * @param shape the shape of one picture
   * @param pixels m pictures one after the other, each in C order, 0 to 255 without a sign
   * @param labels m class numbers, 0 or 1
   * @param classNames the name of each class, two of them
   * @throws DataException as {@link Hdf5Writer#write}
   * @throws IllegalArgumentException if the prefix is another, there is no picture, or pixels,
   *     labels and names do not fit each other
   */
  public static void write(
      Path target,
      String prefix,
      FeatureShape shape,
      byte[] pixels,
      int[] labels,
      List<String> classNames) {
    if (!prefix.equals("train") && !prefix.equals("test")) {
      throw new IllegalArgumentException("the prefix is train or test, not '" + prefix + "'");
    }
    if (labels.length == 0 || (long) labels.length * shape.size() != pixels.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d labels and %d pixels are not pictures of %s",
              labels.length,
              pixels.length,
              shape));
    }
    if (classNames.size() != 2) {
      throw new IllegalArgumentException("there are two classes, not " + classNames);
    }
    if (!IntStream.of(labels).allMatch(label -> label == 0 || label == 1)) {
      throw new IllegalArgumentException("a label is neither 0 nor 1");
    }
    Hdf5Content content =
        new Hdf5Content()
            .uint8(prefix + "_set_x", pixels, dimensions(labels.length, shape))
            .int64(prefix + "_set_y", Arrays.stream(labels).asLongStream().toArray())
            .strings("list_classes", classNames);
    Hdf5Writer.write(target, content);
  }
}
