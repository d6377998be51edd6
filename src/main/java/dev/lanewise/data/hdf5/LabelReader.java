package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import java.nio.ByteBuffer;

/** Reads labels: numbers of any type that are 0 or 1. */
final class LabelReader {

  private LabelReader() {}

  /**
   * Whether a data set has one value a sample: m, m x 1, or 1 x m as the tutorial reshapes them.
   */
  static boolean isOneEach(Hdf5Entry entry, long samples) {
    boolean line = entry.rank() == 1 || entry.rank() == 2 && entry.dimensions().contains(1L);
    return line && entry.elements() == samples;
  }

  /**
   * Reads labels.
   *
   * @param source the file, for messages
   * @param labels the data set
   * @param samples how many there must be
   * @return the class of each sample, 0 or 1
   * @throws DataException if there are more or fewer, or one is neither 0 nor 1
   */
  static int[] read(String source, Elements labels, int samples) {
    Hdf5Entry entry = labels.entry();
    if (!isOneEach(entry, samples)) {
      throw new DataException(
          source,
          "the labels %s do not fit %d samples, expected %d of them in one dimension"
              .formatted(entry, samples, samples));
    }
    ElementType type = labels.type();
    ByteBuffer in = labels.run(0, samples);
    int[] classes = new int[samples];
    for (int j = 0; j < samples; j++) {
      boolean isFloat = type.kind() == ElementType.Kind.FLOAT;
      double value = isFloat ? type.doubleAt(in, j) : type.longAt(in, j);
      if (value != 0 && value != 1) {
        throw new DataException(
            source,
            "the label of sample %d in %s is %s, expected 0 or 1"
                .formatted(j, entry.name(), type.textAt(in, j)));
      }
      classes[j] = (int) value;
    }
    return classes;
  }
}
