// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.data.LabelCollector;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.array.NumberType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
   * @param rules how labels become classes
   * @return the labels; empty where the samples are to be taken for unlabelled
   * @throws DataException if there are more or fewer, or as {@link LabelCollector}
   */
  static Optional<Labels> read(
      Hdf5File file,
      String source,
      Hdf5Entry entry,
      int samples,
      List<String> classNames,
      LabelRules rules) {
    if (file.type(entry.name()).orElseThrow().isText()) {
      checkOneEach(source, entry, samples);
      return Labels.ofTexts(source, entry.name(), file.strings(entry.name()), rules, classNames);
    }
    return read(source, file.numbers(entry.name()), samples, classNames, rules);
  }

  /**
   * Reads labels that are numbers.
   *
   * @param source the file, for messages
   * @param labels the data set
   * @param samples how many there must be
   * @param classNames what the numbers from 0 on are called; empty if they have no names
   * @param rules how labels become classes
   * @return the labels; empty where the samples are to be taken for unlabelled
   * @throws DataException if there are more or fewer, or as {@link LabelCollector}
   */
  private static Optional<Labels> read(
      String source, Elements labels, int samples, List<String> classNames, LabelRules rules) {
    Hdf5Entry entry = labels.entry();
    checkOneEach(source, entry, samples);
    Labels.checkMemory(source, entry.toString(), samples);
    NumberType type = labels.type().number();
    ByteBuffer in = labels.run(0, samples);
    LabelCollector collector = new LabelCollector(source, entry.name(), rules, classNames);
    for (int j = 0; j < samples; j++) {
      type.addLabel(collector, in, j, j);
    }
    return collector.finish();
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
}
