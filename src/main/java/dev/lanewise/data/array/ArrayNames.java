// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.array;

import dev.lanewise.data.EntryOptions.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that people give to the arrays of a data set. */
public final class ArrayNames {

  /** What features are usually called. */
  public static final List<String> FEATURES =
      List.of(
          "train_set_x",
          "test_set_x",
          "X",
          "x",
          "X_train",
          "x_train",
          "X_test",
          "x_test",
          "data",
          "features",
          "images");

  /** Words for features, beside which {@code train} or {@code test} may stand. */
  private static final List<String> FEATURE_WORDS = List.of("x", "data", "features", "images");

  /** Words for labels, likewise. */
  private static final List<String> LABEL_WORDS =
      List.of("y", "labels", "label", "target", "targets");

  /** The names of the classes. */
  public static final List<String> CLASSES =
      List.of("list_classes", "classes", "class_names", "target_names");

  /** What the features are called. */
  public static final String FEATURE_NAMES = "feature_names";

  private static final Pattern BETWEEN_WORDS =
      Pattern.compile(
          "[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])|(?<=^[xXyY])(?=[Tt][er])|(?<=[Tt]rain|[Tt]est)(?=[xXyY]$)");

  private static final Pattern TRAIN = Pattern.compile("train|training");
  private static final Pattern TEST = Pattern.compile("test|testing");

  private ArrayNames() {}

  /**
   * Whether an array is called as features are: {@code X}, {@code x_train}, {@code test_set_x},
   * {@code train/data}, {@code train_images} and so on.
   *
   * @param name the name, with those of its groups
   * @return true if it is
   */
  public static boolean areFeatures(String name) {
    return FEATURE_WORDS.contains(kind(name));
  }

  /**
   * Whether an array is called as labels are: {@code y}, {@code Y_train}, {@code test_labels} and
   * so on.
   *
   * @param name the name, with those of its groups
   * @return true if it is
   */
  public static boolean areLabels(String name) {
    return LABEL_WORDS.contains(kind(name));
  }

  /**
   * What an array is for by its name.
   *
   * @param name the name, with those of its groups
   * @return {@link Role#ANY} where it does not say
   */
  public static Role role(String name) {
    boolean train = words(name).anyMatch(word -> TRAIN.matcher(word).matches());
    boolean test = words(name).anyMatch(word -> TEST.matcher(word).matches());
    return train == test ? Role.ANY : train ? Role.TRAIN : Role.TEST;
  }

  /**
   * Of several arrays those that are for something.
   *
   * @param <T> an array
   * @param found arrays that could be meant
   * @param name gives the name of one
   * @param wanted what they are to be for
   * @return all of them if there is one, or none is called so
   */
  public static <T> List<T> forRole(List<T> found, Function<T, String> name, Role wanted) {
    List<T> called = found.stream().filter(one -> role(name.apply(one)) == wanted).toList();
    return wanted == Role.ANY || called.isEmpty() ? found : called;
  }

  /**
   * Whether labels may belong to features: not if one is called {@code train} and the other {@code
   * test}.
   *
   * @param labels the name of the labels
   * @param features the name of the features
   * @return false if they cannot belong together
   */
  public static boolean mayBelong(String labels, String features) {
    Role role = role(labels);
    return role == Role.ANY || role(features) == Role.ANY || role == role(features);
  }

  /**
   * What an array to be tested on is called where one to be learned from has a name.
   *
   * @param name such as {@code x_train}
   * @return {@code x_test}; the same name if there is no {@code train} in it
   */
  public static String forTest(String name) {
    return name.replace("train", "test").replace("Train", "Test").replace("TRAIN", "TEST");
  }

  private static Stream<String> words(String name) {
    return BETWEEN_WORDS.splitAsStream(name).map(word -> word.toLowerCase(Locale.ROOT));
  }

  // The name without what it says of the role.
  private static String kind(String name) {
    boolean anyRole = role(name) == Role.ANY;
    return words(name)
        .filter(word -> !TRAIN.matcher(word).matches() && !TEST.matcher(word).matches())
        .filter(word -> anyRole || !word.equals("set"))
        .collect(Collectors.joining("_"));
  }

  /**
   * What the labels are called that go with features: {@code train_set_y} goes with {@code
   * train_set_x}, {@code y_train} with {@code X_train}, {@code labels} with {@code images}.
   *
   * @param features the name of the features, with those of its groups
   * @return names, the likeliest first; none if the features have a name of their own
   */
  public static List<String> partners(String features) {
    int last = features.lastIndexOf('/') + 1;
    int first = features.indexOf('/');
    Set<String> names = new LinkedHashSet<>();
    alone(features.substring(last)).forEach(name -> names.add(features.substring(0, last) + name));
    if (first > 0) {
      alone(features.substring(0, first))
          .forEach(name -> names.add(name + features.substring(first)));
    }
    return List.copyOf(names);
  }

  private static Set<String> alone(String features) {
    Set<String> names = new LinkedHashSet<>();
    if (features.matches(".*[xX]")) {
      String rest = features.substring(0, features.length() - 1);
      names.add(rest + (features.endsWith("x") ? "y" : "Y"));
      names.add(rest + "y");
    }
    if (features.matches("[xX](_.*|[Tt]rain|[Tt]est)")) {
      names.add("y" + features.substring(1));
      names.add("Y" + features.substring(1));
    }
    for (String word : List.of("images", "features", "data")) {
      if (features.contains(word)) {
        names.add(features.replace(word, "labels"));
      }
    }
    return names;
  }
}
