// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.data.text.Decimal;
import dev.lanewise.data.text.MissingText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes classes of the labels of a file, one label after the other, the same for every format.
 *
 * <p>Texts that are numbers are classes by their value: {@code 1}, {@code 1.0}, {@code +1} and
 * {@code 1e0} are one class. Where all are class numbers, from 0 to {@value Labels#HIGHEST}, they
 * stay what they are; else each is a class, in the order of the numbers, or of the alphabet.
 */
public final class LabelCollector {

  /** So many classes are not too many for any number of samples. */
  private static final int FEW = 5;

  private static final int SAMPLES_PER_CLASS = 10;

  /** Beyond this a floating-point number stands for several whole ones. */
  private static final double MOST_EXACT = 0x1p53;

  private static final int SHOWN = 40;

  private static final Set<String> INFINITE =
      Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");

  /** Labels that stand in lines of their own. */
  public static final String LINE = "line";

  /** Labels that are elements of an array. */
  public static final String SAMPLE = "sample";

  private final String source;
  private final String name;
  private final LabelRules rules;

  /** The names of the classes, where the file numbers them and has names beside; else null. */
  private final List<String> given;

  private final Map<String, Integer> identities = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final int[] small = new int[Labels.HIGHEST + 1];
  private int[] labels = new int[256];
  private int samples;
  private int missing;
  private boolean onlyNumbers = true;

  /**
   * Nothing collected yet.
   *
   * @param source the file, for messages
   * @param name what the labels are called, for messages
   * @param rules how labels become classes
   */
  public LabelCollector(String source, String name, LabelRules rules) {
    this(source, name, rules, List.of());
  }

  /**
   * Nothing collected yet, of labels that are the numbers of classes with names.
   *
   * @param source the file, for messages
   * @param name what the labels are called, for messages
   * @param rules how labels become classes
   * @param classNames the names; none where the labels are classes themselves
   */
  public LabelCollector(String source, String name, LabelRules rules, List<String> classNames) {
    this.source = source;
    this.name = name;
    this.rules = rules;
    this.given = classNames.isEmpty() ? null : List.copyOf(classNames);
    Arrays.fill(small, -1);
  }

  /**
   * Adds the label of the next sample, a text.
   *
   * @param unit what the place is a number of, for messages: {@link #LINE} or {@link #SAMPLE}
   * @param place the number of the line or the sample
   * @param label the text; spaces around it do not matter
   * @throws DataException if the label is missing and that is refused, or cannot be a class
   */
  public void add(String unit, long place, String label) {
    String text = label.strip();
    if (MissingText.isMissing(text)) {
      addMissing(unit, place, text);
    } else if (text.length() > Labels.LONGEST_NAME) {
      refuse(
          unit,
          place,
          String.format(Locale.ROOT, "has %d characters", text.length()),
          String.format(Locale.ROOT, "a class of 1 to %d", Labels.LONGEST_NAME));
    } else if (text.chars().anyMatch(Character::isISOControl)) {
      // It would break the lines that predictions are printed in, or could not be written at all.
      refuse(unit, place, "has a control character in it", "a name");
    } else {
      onlyNumbers = false;
      addClass(unit, place, Decimal.normal(text), "'" + shown(text) + "'");
    }
  }

  /**
   * Adds the label of the next sample, a whole number.
   *
   * @param unit as for texts
   * @param place as for texts
   * @param label the number
   * @throws DataException if there are too many classes
   */
  public void add(String unit, long place, long label) {
    boolean isSmall = label >= 0 && label <= Labels.HIGHEST && given == null;
    int known = isSmall ? small[(int) label] : -1;
    if (known >= 0) {
      append(known);
      return;
    }
    String text = Long.toString(label);
    addClass(unit, place, text, text);
    if (isSmall) {
      small[(int) label] = labels[samples - 1];
    }
  }

  /**
   * Adds the label of the next sample, a number that is no whole one in the range of a long.
   *
   * @param unit as for texts
   * @param place as for texts
   * @param label the number; NaN for a label that is missing
   * @param text the number in digits
   * @throws DataException if the label is missing and that is refused, or cannot be a class
   */
  public void add(String unit, long place, double label, String text) {
    if (Double.isNaN(label)) {
      addMissing(unit, place, text);
    } else if (Math.abs(label) > MOST_EXACT) {
      refuse(unit, place, "is " + text, "a whole number of at most 2^53");
    } else {
      addClass(unit, place, Decimal.normal(text), text);
    }
  }

  private void addMissing(String unit, long place, String text) {
    if (rules.missing() == LabelRules.Missing.CLASS && !text.isEmpty() && given == null) {
      onlyNumbers = false;
      addClass(unit, place, text, text);
    } else if (rules.missing() == LabelRules.Missing.DROP) {
      missing++;
      append(Labels.MISSING);
    } else {
      refuse(
          unit,
          place,
          text.isEmpty() ? "is empty" : "is '" + text + "', which stands for a missing label",
          "a class; --missing-labels drop leaves out samples without a label");
    }
  }

  private void addClass(String unit, long place, String normal, String text) {
    if (given != null) {
      addNumber(unit, place, normal, text);
      return;
    }
    Integer identity = identities.get(normal);
    if (identity != null) {
      append(identity);
    } else if (!rules.anyType() && isQuantity(normal)) {
      refuse(
          unit,
          place,
          "is " + text,
          "a whole number or a name, since this is most likely no class; --label-type class takes it"
              + " for one");
    } else if (texts.size() == Labels.HIGHEST) {
      refuse(
          unit,
          place,
          "is one more than " + Labels.HIGHEST + " different ones",
          "at most so many classes");
    } else {
      identities.put(normal, texts.size());
      append(texts.size());
      texts.add(normal);
    }
  }

  private void addNumber(String unit, long place, String normal, String text) {
    if (isClassNumber(normal)) {
      append(Integer.parseInt(normal));
    } else {
      refuse(unit, place, "is " + text, "a class number: 0, 1, 2, ... up to " + Labels.HIGHEST);
    }
  }

  private static boolean isQuantity(String normal) {
    return INFINITE.contains(normal.toLowerCase(Locale.ROOT))
        || Decimal.isNumber(normal) && !Decimal.isWhole(normal);
  }

  private void append(int label) {
    if (samples == labels.length) {
      labels = Arrays.copyOf(labels, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * samples));
    }
    labels[samples++] = label;
  }

  /**
   * The labels.
   *
   * @return one for each sample, {@link Labels#MISSING} for those to be left out; empty where the
   *     samples are to be taken for unlabelled
   * @throws DataException if no sample has a label, or there are so many classes that they are most
   *     likely none
   */
  public Optional<Labels> finish() {
    if (missing > 0 && rules.missing() == LabelRules.Missing.UNLABELLED) {
      return Optional.empty();
    }
    if (missing == samples) {
      throw new DataException(
          source,
          String.format(Locale.ROOT, "no sample has a label in %s, expected one for each", name));
    }
    int[] found = Arrays.copyOf(labels, samples);
    if (given != null) {
      return Optional.of(new Labels(found, given));
    }
    checkShare();
    boolean fromZero = onlyNumbers || texts.contains("0") || texts.size() == 1;
    if (fromZero && texts.stream().allMatch(LabelCollector::isClassNumber)) {
      return Optional.of(
          Labels.numbered(renumbered(found, texts.stream().mapToInt(Integer::parseInt).toArray())));
    }
    Comparator<String> order =
        ClassNames.areNumeric(texts)
            ? Comparator.<String>comparingDouble(Double::parseDouble)
                .thenComparing(Comparator.naturalOrder())
            : Comparator.naturalOrder();
    List<String> names = texts.stream().sorted(order).toList();
    int[] numbers = new int[names.size()];
    for (int number = 0; number < numbers.length; number++) {
      numbers[identities.get(names.get(number))] = number;
    }
    return Optional.of(new Labels(renumbered(found, numbers), names));
  }

  private void checkShare() {
    int classes = texts.size();
    int labelled = samples - missing;
    if (!rules.anyType() && classes > FEW && classes > labelled / SAMPLES_PER_CLASS) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "%s has %d different labels in %d samples, more than a tenth as many, and so is most"
                  + " likely no class, expected classes; --label-type class takes it for one",
              name,
              classes,
              labelled));
    }
  }

  private static int[] renumbered(int[] labels, int[] numbers) {
    for (int j = 0; j < labels.length; j++) {
      labels[j] = labels[j] == Labels.MISSING ? Labels.MISSING : numbers[labels[j]];
    }
    return labels;
  }

  private static boolean isClassNumber(String text) {
    return text.matches("0|[1-9][0-9]{0,4}") && Integer.parseInt(text) <= Labels.HIGHEST;
  }

  // Labels that nobody needs are no reason to refuse the samples.
  private void refuse(String unit, long place, String problem, String expected) {
    if (rules.missing() == LabelRules.Missing.UNLABELLED) {
      missing++;
      append(Labels.MISSING);
      return;
    }
    throw new DataException(
        source,
        String.format(
            Locale.ROOT,
            unit.equals(LINE)
                ? "%s %d: %s %s, expected %s"
                : "the label of %s %d in %s %s, expected %s",
            unit,
            place,
            name,
            problem,
            expected));
  }

  private static String shown(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }
}
