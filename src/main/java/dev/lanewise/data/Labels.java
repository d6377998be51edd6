package dev.lanewise.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The classes of samples.
 *
 * @param numbers the class number of each sample, from 0
 * @param classNames the name of each class, at least two
 */
public record Labels(int[] numbers, List<String> classNames) {

  /** The highest class number. */
  public static final int HIGHEST = 65_535;

  /** Labels; the names are copied, the numbers are not. */
  public Labels {
    Objects.requireNonNull(numbers, "numbers");
    classNames = List.copyOf(classNames);
  }

  /**
   * Labels whose classes have no names but their numbers.
   *
   * @param numbers from 0 to {@value #HIGHEST}
   * @return as many classes as it takes, at least two
   */
  public static Labels numbered(int[] numbers) {
    int highest = Math.max(1, Arrays.stream(numbers).max().orElse(0));
    return new Labels(
        numbers, IntStream.rangeClosed(0, highest).mapToObj(String::valueOf).toList());
  }

  /**
   * A label as a class number.
   *
   * @param source the file, for the message
   * @param name what the labels are called, for the message
   * @param sample the number of the sample, for the message
   * @param value the label
   * @param text the label in digits, for the message
   * @return the class number
   * @throws DataException if it is not a whole number from 0 to {@value #HIGHEST}
   */
  public static int classNumber(String source, String name, int sample, double value, String text) {
    if (value != Math.rint(value) || value < 0 || value > HIGHEST) {
      throw new DataException(
          source,
          "the label of sample %d in %s is %s, expected a class number: 0, 1, 2, ... up to %d"
              .formatted(sample, name, text, HIGHEST));
    }
    return (int) value;
  }

  /**
   * Whether classes are called by their numbers, so that they have no names of their own.
   *
   * @param classNames the names
   * @return true for 0, 1, 2 and so on
   */
  public static boolean areNumbers(List<String> classNames) {
    return IntStream.range(0, classNames.size())
        .allMatch(number -> classNames.get(number).equals(String.valueOf(number)));
  }
}
