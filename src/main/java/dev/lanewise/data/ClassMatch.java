package dev.lanewise.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds the classes of one data set among those of another. */
final class ClassMatch {

  /** Stands for a class that is not there. */
  static final int NONE = -1;

  private ClassMatch() {}

  /**
   * What the classes of data are among others. Classes are the same where their names are. Where
   * one side has nothing but numbers, and the other real names, they are the same where their
   * numbers are; but not where names are all that the data have, and numbers no more than their
   * order.
   *
   * @return for each class its number among the others, or {@link #NONE}
   */
  static int[] of(Dataset data, List<String> others) {
    List<String> classes = data.classNames();
    boolean byNumber =
        data.hasClassNumbers()
            && !Set.copyOf(others).containsAll(classes)
            && (Labels.areNumbers(classes) && !Labels.areNumeric(others)
                || Labels.areNumbers(others) && !Labels.areNumeric(classes));
    if (byNumber) {
      return IntStream.range(0, classes.size())
          .map(number -> number < others.size() ? number : NONE)
          .toArray();
    }
    Map<String, Integer> numbers = new HashMap<>();
    for (int number = 0; number < others.size(); number++) {
      numbers.putIfAbsent(others.get(number), number);
    }
    return classes.stream().mapToInt(name -> numbers.getOrDefault(name, NONE)).toArray();
  }

  /**
   * Whether labels can stay as they are.
   *
   * @param match as {@link #of} gives it
   * @param labels class numbers
   */
  static boolean isSame(int[] match, int[] labels) {
    return Arrays.stream(labels).allMatch(label -> match[label] == label);
  }
}
