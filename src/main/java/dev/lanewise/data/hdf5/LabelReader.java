package dev.lanewise.data.hdf5;

import dev.lanewise.data.ClassNames;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Labels;
import dev.lanewise.data.array.NumberType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;

/** Reads labels: whole numbers of any type, or texts. */
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
   * @param file the file
   * @param source its name, for messages
   * @param entry the data set
   * @param samples how many there must be
   * @param classNames what the numbers from 0 on are called; empty if they have no names. Texts
   *     that are no numbers name their classes themselves.
   * @return the classes
   * @throws DataException if there are more or fewer, or they are no labels
   */
  static Labels read(
      Hdf5File file, String source, Hdf5Entry entry, int samples, List<String> classNames) {
    if (file.type(entry.name()).orElseThrow().isText()) {
      checkOneEach(source, entry, samples);
      Labels labels = Labels.ofTexts(source, entry.name(), file.strings(entry.name()));
      boolean numbers = ClassNames.areNumbers(labels.classNames());
      return classNames.isEmpty() || !numbers ? labels : new Labels(labels.numbers(), classNames);
    }
    return read(source, file.numbers(entry.name()), samples, classNames);
  }

  /**
   * Reads labels that are numbers.
   *
   * @param source the file, for messages
   * @param labels the data set
   * @param samples how many there must be
   * @param classNames what the numbers from 0 on are called; empty if they have no names
   * @return the classes
   * @throws DataException if there are more or fewer, one is no whole number, or none that has a
   *     name
   */
  private static Labels read(String source, Elements labels, int samples, List<String> classNames) {
    Hdf5Entry entry = labels.entry();
    checkOneEach(source, entry, samples);
    NumberType type = labels.type().number();
    ByteBuffer in = labels.run(0, samples);
    if (!classNames.isEmpty()) {
      return new Labels(classNumbers(source, entry.name(), type, in, samples), classNames);
    }
    long[] numbers = new long[samples];
    for (int j = 0; j < samples; j++) {
      int sample = j;
      numbers[j] =
          type.wholeAt(in, j)
              .orElseThrow(
                  () -> Labels.notWhole(source, entry.name(), sample, type.textAt(in, sample)));
    }
    return Labels.ofWholeNumbers(source, entry.name(), numbers);
  }

  private static void checkOneEach(String source, Hdf5Entry entry, int samples) {
    if (!isOneEach(entry, samples)) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "the labels %s do not fit %d samples, expected %d of them in one dimension",
              entry,
              samples,
              samples));
    }
  }

  private static int[] classNumbers(
      String source, String name, NumberType type, ByteBuffer in, int samples) {
    int[] numbers = new int[samples];
    for (int j = 0; j < samples; j++) {
      numbers[j] = Labels.classNumber(source, name, j, type.doubleAt(in, j), type.textAt(in, j));
    }
    return numbers;
  }
}
