// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The classes of samples.
 *
 * @param numbers the class number of each sample, from 0; {@link #MISSING} for a sample without a
 *     label
 * @param classNames the name of each class
 */
public record Labels(int[] numbers, List<String> classNames) {

  /** The highest class number. */
  public static final int HIGHEST = 65_535;

  /** The most characters of a class's name in a file. */
  public static final int LONGEST_NAME = 1_000;

  /** Stands for the class number of a sample that has no label and is to be left out. */
  public static final int MISSING = Integer.MIN_VALUE;

  /** Labels; the names are copied, the numbers are not. */
  public Labels {
    Objects.requireNonNull(numbers, "numbers");
    classNames = List.copyOf(classNames);
  }

  /**
   * Labels whose classes have no names but their numbers.
   *
   * @param numbers from 0 to {@value #HIGHEST}, or {@link #MISSING}
   * @return as many classes as it takes, at least two
   */
  public static Labels numbered(int[] numbers) {
    int highest = Math.max(1, Arrays.stream(numbers).max().orElse(0));
    return new Labels(
        numbers, IntStream.rangeClosed(0, highest).mapToObj(String::valueOf).toList());
  }

  /**
   * Refuses labels that do not fit into Java's heap, before they are read.
   *
   * @param source the file, for the message
   * @param what the array of labels
   * @param samples how many labels there are
   * @throws DataException if the heap cannot grow to what they take
   */
  public static void checkMemory(String source, String what, int samples) {
    // At least: those collected, and a copy of the right length.
    Memory.lackOnHeap(what, (long) samples * 2 * Integer.BYTES)
        .ifPresent(
            problem -> {
              throw new DataException(source, problem);
            });
  }

  /**
   * Labels that are texts, as {@link LabelCollector} makes classes of them.
   *
   * @param source the file, for messages
   * @param name what the labels are called, for messages
   * @param texts the label of each sample
   * @param rules how labels become classes
   * @param classNames what class numbers are called, if the texts are such; empty if they have no
   *     names
   * @return the labels; empty where the samples are to be taken for unlabelled
   * @throws DataException if a label is missing or cannot be a class, and that is refused
   */
  public static Optional<Labels> ofTexts(
      String source, String name, List<String> texts, LabelRules rules, List<String> classNames) {
    LabelCollector collector = new LabelCollector(source, name, rules);
    for (int j = 0; j < texts.size(); j++) {
      collector.add(LabelCollector.SAMPLE, j, texts.get(j));
    }
    return collector
        .finish()
        .map(
            found ->
                classNames.isEmpty() || !ClassNames.areNumbers(found.classNames())
                    ? found
                    : new Labels(found.numbers(), classNames));
  }
}
