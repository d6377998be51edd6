package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FeatureShape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes pictures with their labels as the tutorial's files hold them: {@code train_set_x} (m,
 * rows, columns, channels) of uint8, {@code train_set_y} (m) of int64, {@code list_classes}; the
 * same with {@code test}.
 */
public final class Hdf5DatasetWriter {

  private Hdf5DatasetWriter() {}

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
          "%d labels and %d pixels are not pictures of %s"
              .formatted(labels.length, pixels.length, shape));
    }
    if (classNames.size() != 2) {
      throw new IllegalArgumentException("there are two classes, not " + classNames);
    }
    if (!IntStream.of(labels).allMatch(label -> label == 0 || label == 1)) {
      throw new IllegalArgumentException("a label is neither 0 nor 1");
    }
    int[] dimensions =
        Stream.concat(Stream.of(labels.length), shape.dimensions().stream())
            .mapToInt(Integer::intValue)
            .toArray();
    Hdf5Content content =
        new Hdf5Content()
            .uint8(prefix + "_set_x", pixels, dimensions)
            .int64(prefix + "_set_y", Arrays.stream(labels).asLongStream().toArray())
            .strings("list_classes", classNames);
    Hdf5Writer.write(target, content);
  }
}
