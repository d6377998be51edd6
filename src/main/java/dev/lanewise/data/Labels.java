package dev.lanewise.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
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

  /** The most characters of a class's name in a file. */
  public static final int LONGEST_NAME = 1_000;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?");

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
   * Labels that are whole numbers. Where all are from 0 to {@value #HIGHEST} they are class
   * numbers; else each number is a class, in their order, called by its digits.
   *
   * @param source the file, for the message
   * @param name what the labels are called, for the message
   * @param values the label of each sample
   * @return classes and their names
   * @throws DataException if all are the same and no class number, or there are more than {@value
   *     #HIGHEST} classes
   */
  public static Labels ofWholeNumbers(String source, String name, long[] values) {
    if (Arrays.stream(values).allMatch(value -> value >= 0 && value <= HIGHEST)) {
      return numbered(Arrays.stream(values).mapToInt(value -> (int) value).toArray());
    }
    long[] classes = Arrays.stream(values).sorted().distinct().toArray();
    checkCount(source, name, classes.length);
    if (classes.length < 2) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "every label in %s is '%d', expected two classes or more",
              name,
              classes[0]));
    }
    return new Labels(
        Arrays.stream(values).mapToInt(value -> Arrays.binarySearch(classes, value)).toArray(),
        Arrays.stream(classes).mapToObj(Long::toString).toList());
  }

  /**
   * Refuses a label that is no whole number.
   *
   * @param source the file
   * @param name what the labels are called
   * @param sample the number of the sample
   * @param text the label in digits
   * @return to be thrown
   */
  public static DataException notWhole(String source, String name, int sample, String text) {
    return new DataException(
        source,
        String.format(
            Locale.ROOT,
            "the label of sample %d in %s is %s, expected a whole number",
            sample,
            name,
            text));
  }

  /**
   * Labels that are texts. Where all are numbers from 0 on they are class numbers; else each text
   * is a class, in the order of the numbers that they are, or of the alphabet.
   *
   * @param source the file, for the message
   * @param name what the labels are called, for the message
   * @param texts the label of each sample
   * @return classes and their names
   * @throws DataException if a label is empty or has a control character in it, all are the same,
   *     or there are more than {@value #HIGHEST} classes
   */
  public static Labels ofTexts(String source, String name, List<String> texts) {
    Map<String, Integer> classes = new HashMap<>();
    for (int j = 0; j < texts.size(); j++) {
      String text = texts.get(j).strip();
      if (text.isEmpty() || text.length() > LONGEST_NAME) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "the label of sample %d in %s has %d characters, expected a class of 1 to %d",
                j,
                name,
                text.length(),
                LONGEST_NAME));
      }
      // It would break the lines that predictions are printed in, or could not be written at all.
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "the label of sample %d in %s has a control character in it, expected a name",
                j,
                name));
      }
      classes.put(text, 0);
      checkCount(source, name, classes.size());
    }
    boolean fromZero = classes.containsKey("0") || classes.size() == 1;
    if (fromZero && classes.keySet().stream().allMatch(Labels::isClassNumber)) {
      return numbered(texts.stream().mapToInt(text -> Integer.parseInt(text.strip())).toArray());
    }
    return named(source, name, texts, classes);
  }

  /**
   * Refuses more classes than there can be, while labels are being read.
   *
   * @param source the file, for the message
   * @param name what the labels are called, for the message
   * @param classes how many different labels there have been
   * @throws DataException if these are more than {@value #HIGHEST}
   */
  public static void checkCount(String source, String name, int classes) {
    if (classes > HIGHEST) {
      throw new DataException(
          source,
          String.format(Locale.ROOT, "%s has more than %d different labels", name, HIGHEST));
    }
  }

  private static boolean isClassNumber(String text) {
    return text.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(text) <= HIGHEST;
  }

  private static Labels named(
      String source, String name, List<String> texts, Map<String, Integer> classes) {
    if (classes.size() < 2) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "every label in %s is '%s', expected two classes or more",
              name,
              classes.keySet().iterator().next()));
    }
    boolean numbers = classes.keySet().stream().allMatch(text -> NUMBER.matcher(text).matches());
    Comparator<String> order =
        numbers
            ? Comparator.<String>comparingDouble(Double::parseDouble)
                .thenComparing(Comparator.naturalOrder())
            : Comparator.naturalOrder();
    List<String> names = classes.keySet().stream().sorted(order).toList();
    for (int number = 0; number < names.size(); number++) {
      classes.put(names.get(number), number);
    }
    return new Labels(texts.stream().mapToInt(text -> classes.get(text.strip())).toArray(), names);
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
          String.format(
              Locale.ROOT,
              "the label of sample %d in %s is %s, expected a class number: 0, 1, 2, ... up to %d",
              sample,
              name,
              text,
              HIGHEST));
    }
    return (int) value;
  }
}
