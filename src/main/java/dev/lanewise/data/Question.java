// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * "Is it one of these?": the question that makes two classes of many. The answer is class 1 for the
 * positive classes and class 0 for all others.
 *
 * @param classes the names of all classes, at least two
 * @param positive the names of the positive ones in the order of {@code classes}: at least one, and
 *     not all
 */
public record Question(List<String> classes, List<String> positive) {

  private static final int SHOWN = 12;
  private static final int LONGEST_NAME = 80;

  /**
   * A question.
   *
   * @throws IllegalArgumentException if there is no positive class or no other, or one is not among
   *     the classes
   */
  public Question {
    classes = List.copyOf(classes);
    Set<String> asked = Set.copyOf(positive);
    positive = classes.stream().filter(asked::contains).distinct().toList();
    if (positive.size() != asked.size()) {
      throw new IllegalArgumentException("one of " + asked + " is none of " + classes);
    }
    if (positive.isEmpty() || asked.containsAll(classes)) {
      throw new IllegalArgumentException(
          "a question has positive classes and others, not " + positive + " of " + classes);
    }
  }

  /**
   * The question for some classes.
   *
   * @param source whose classes these are, for messages
   * @param classes the names of all classes
   * @param asked the positive classes, each by its name or, where the names are not numbers
   *     themselves, by its number
   * @return the question
   * @throws DataException if one of them is not there, or they are all there are
   */
  public static Question of(String source, List<String> classes, List<String> asked) {
    Set<String> positive = new LinkedHashSet<>();
    for (String one : asked) {
      positive.add(find(classes, one.strip(), source));
    }
    if (positive.containsAll(classes)) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "all of its classes (%s) are said to be positive, expected at least one other",
              shown(classes)));
    }
    return new Question(classes, List.copyOf(positive));
  }

  private static String find(List<String> classes, String asked, String source) {
    return ClassNames.find(classes, asked)
        .map(classes::get)
        .orElseThrow(
            () ->
                new DataException(
                    source,
                    String.format(
                        Locale.ROOT,
                        "has no class '%s', expected one of %s",
                        asked,
                        shown(classes))));
  }

  /**
   * The names of the two answers.
   *
   * @return the name of class 0, then that of class 1
   */
  public List<String> answers() {
    String yes = listed(positive);
    Set<String> asked = Set.copyOf(positive);
    List<String> others = classes.stream().filter(name -> !asked.contains(name)).toList();
    return List.of(others.size() == 1 ? others.getFirst() : "not " + yes, yes);
  }

  private String listed(List<String> names) {
    int last = names.size() - 1;
    // Data of the same answers are taken for data of the same question, so that another long list
    // has to have another name.
    String text =
        last == 0
            ? names.getFirst()
            : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    return text.length() <= LONGEST_NAME
        ? text
        : String.format(
            Locale.ROOT,
            "one of %d of %d classes (%08x)",
            names.size(),
            classes.size(),
            31 * classes.hashCode() + names.hashCode());
  }

  /**
   * Asks the question of data: their labels become 1 for the positive classes and 0 for the others.
   *
   * <p>Classes are the same where their names are, as {@link ClassNames} compares them. Data whose
   * classes are already the two answers stay what they are.
   *
   * @param data samples of the classes of this question, or of some of them
   * @return a data set on the same memory; close one of the two
   * @throws DataException if there are samples of a class that this question does not know
   */
  public Dataset ask(Dataset data) {
    if (!data.isLabelled()) {
      return data.relabelled(null, answers(), this);
    }
    if (data.classNames().equals(answers()) && !answers().equals(classes)) {
      return data.relabelled(data.labels(), answers(), this);
    }
    int[] labels = data.labels();
    Set<String> yes = Set.copyOf(positive);
    int[] match = ClassNames.match(data.classNames(), classes);
    for (int j = 0; j < labels.length; j++) {
      int number = match[labels[j]];
      if (number == ClassNames.NONE) {
        throw new DataException(
            data.origin().source(),
            String.format(
                Locale.ROOT,
                "sample %d is of class '%s', expected one of %s%s",
                j,
                data.classNames().get(labels[j]),
                shown(classes),
                ClassNames.advice(data.classNames(), classes)));
      }
      labels[j] = yes.contains(classes.get(number)) ? 1 : 0;
    }
    return data.relabelled(labels, answers(), this);
  }

  private static String shown(List<String> names) {
    int more = names.size() - SHOWN;
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** The question as it is asked. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "is it %s? (of %s)", listed(positive), shown(classes));
  }
}
