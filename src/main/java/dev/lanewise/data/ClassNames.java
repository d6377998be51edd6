// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.data.text.Decimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The names of classes, and how they are compared: as texts, or, where both are numbers, by their
 * values. {@code 1}, {@code 1.0}, {@code +1} and {@code 1e0} are one name. A name is never compared
 * with the number of a class.
 */
public final class ClassNames {

  /** Returned for a class that is not there. */
  static final int NONE = -1;

  private ClassNames() {}

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

  /**
   * Whether classes are called by numbers, those that they have or others: 1 and 2, or -1 and 1.
   *
   * @param classNames the names
   * @return true if all are decimal numbers
   */
  public static boolean areNumeric(List<String> classNames) {
    return classNames.stream().allMatch(Decimal::isNumber);
  }

  /**
   * Finds a class that somebody asks for: by its name, or, where the names are not numbers
   * themselves, by its number.
   *
   * @param classNames the names
   * @param asked a name or a number
   * @return the class number, or empty
   */
  public static Optional<Integer> find(List<String> classNames, String asked) {
    int[] named = match(List.of(asked), classNames);
    if (named[0] != NONE) {
      return Optional.of(named[0]);
    }
    // Of classes called 10, 20 and 30 nobody means the last by 2.
    boolean number = !areNumeric(classNames) && asked.matches("0|[1-9][0-9]{0,4}");
    return number
        ? Optional.of(Integer.parseInt(asked)).filter(k -> k < classNames.size())
        : Optional.empty();
  }

  /**
   * Whether some class is among others.
   *
   * @param classes the names of classes
   * @param others the names of others
   * @return false if they have no name in common
   */
  public static boolean share(List<String> classes, List<String> others) {
    return Arrays.stream(match(classes, others)).anyMatch(number -> number != NONE);
  }

  /**
   * Finds classes among others by their names.
   *
   * @return for each class its number among the others, or {@link #NONE}
   */
  static int[] match(List<String> classes, List<String> others) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int number = 0; number < others.size(); number++) {
      numbers.put(others.get(number), number);
    }
    for (int number = 0; number < others.size(); number++) {
      numbers.putIfAbsent(Decimal.normal(others.get(number)), number);
    }
    return classes.stream()
        .mapToInt(
            name -> numbers.getOrDefault(name, numbers.getOrDefault(Decimal.normal(name), NONE)))
        .toArray();
  }

  /** What to do where classes of data are none of those that are expected; empty if unknown. */
  static String advice(List<String> classes, List<String> others) {
    return areNumeric(classes) == areNumeric(others)
        ? others.size() == 2 ? "; name them alike, or say with --positive which is which" : ""
        : "; names are not matched with numbers: say with --class-names or --positive which is which";
  }

  /**
   * Looks for two classes of one name.
   *
   * @param classNames the names
   * @return the first name that another class has, too
   */
  public static Optional<String> repeated(List<String> classNames) {
    Set<String> different = new HashSet<>();
    return classNames.stream().filter(name -> !different.add(name)).findFirst();
  }
}
