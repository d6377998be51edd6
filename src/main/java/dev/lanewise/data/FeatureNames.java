// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the features of a sample, in their order: the columns of a table. Features of data
 * and of a model are then matched by name and not by position.
 *
 * <p>Immutable.
 */
public final class FeatureNames {

  /** The most characters of a name. */
  public static final int LONGEST = Labels.LONGEST_NAME;

  // A file holds them as texts of one length, whose bytes an array must hold.
  private static final long MOST_BYTES = 1L << 30;

  private final List<String> names;
  private final Map<String, Integer> numbers;

  private FeatureNames(List<String> names, Map<String, Integer> numbers) {
    this.names = names;
    this.numbers = numbers;
  }

  /**
   * Names of features.
   *
   * @param names d distinct names, of 1 to {@value #LONGEST} characters of which none is a control
   *     character; copied
   * @return the names
   * @throws IllegalArgumentException if they are not; the message goes on after "the features"
   */
  public static FeatureNames of(List<String> names) {
    Map<String, Integer> numbers = HashMap.newHashMap(names.size());
    long longest = 0;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      problem(name)
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException(problem);
              });
      if (numbers.put(name, i) != null) {
        throw new IllegalArgumentException("two are called '" + name + "'");
      }
      longest = Math.max(longest, name.getBytes(StandardCharsets.UTF_8).length);
    }
    if ((longest + 1) * names.size() > MOST_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d names of up to %d bytes are more than can be kept",
              names.size(),
              longest));
    }
    return new FeatureNames(List.copyOf(names), numbers);
  }

  private static Optional<String> problem(String name) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return Optional.of(
          String.format(
              Locale.ROOT, "a name has %d characters, expected 1 to %d", name.length(), LONGEST));
    }
    // It would break the line of a message, or could not be encoded.
    return name.chars().anyMatch(Character::isISOControl)
        ? Optional.of(
            "the name '" + name + "' has a control character in it, expected printable ones")
        : Optional.empty();
  }

  /**
   * The names in the order of the features.
   *
   * @return d names; cannot be changed
   */
  public List<String> list() {
    return names;
  }

  /**
   * How many features there are.
   *
   * @return d
   */
  public int size() {
    return names.size();
  }

  /**
   * Returns whether a feature has this name.
   *
   * @param name any text
   * @return true if one is
   */
  public boolean contains(String name) {
    return numbers.containsKey(name);
  }

  /** Describes how other names differ from these; there are as many of them. */
  String difference(FeatureNames others, String owner) {
    int i = 0;
    while (others.names.get(i).equals(names.get(i))) {
      i++;
    }
    return String.format(
        Locale.ROOT,
        "feature %d is '%s', but %s has '%s' there%s",
        i,
        others.names.get(i),
        owner,
        names.get(i),
        numbers.keySet().equals(others.numbers.keySet()) ? ": the order is another" : "");
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof FeatureNames some && names.equals(some.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public String toString() {
    return "FeatureNames" + names;
  }
}
