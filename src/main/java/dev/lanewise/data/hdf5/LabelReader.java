package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Labels;
import dev.lanewise.data.array.NumberType;
import java.nio.ByteBuffer;

/** Reads labels: class numbers of any type. */
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
   * @return the class number of each sample
   * @throws DataException if there are more or fewer, or one is no class number
   */
  static int[] read(String source, Elements labels, int samples) {
    Hdf5Entry entry = labels.entry();
    if (!isOneEach(entry, samples)) {
      throw new DataException(
          source,
          "the labels %s do not fit %d samples, expected %d of them in one dimension"
              .formatted(entry, samples, samples));
    }
    NumberType type = labels.type().number();
    ByteBuffer in = labels.run(0, samples);
    int[] classes = new int[samples];
    for (int j = 0; j < samples; j++) {
      classes[j] =
          Labels.classNumber(source, entry.name(), j, type.doubleAt(in, j), type.textAt(in, j));
    }
    return classes;
  }
}
