package dev.lanewise.data.array;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that people give to the arrays of a data set. */
public final class ArrayNames {

  /** Features. */
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

  /** Labels. */
  public static final List<String> LABELS =
      List.of("y", "Y", "y_train", "y_test", "labels", "label", "target");

  /** The names of the classes. */
  public static final List<String> CLASSES =
      List.of("list_classes", "classes", "class_names", "target_names");

  /** What the features are called. */
  public static final String FEATURE_NAMES = "feature_names";

  private ArrayNames() {}

  /**
   * What the labels are called that go with features: {@code train_set_y} goes with {@code
   * train_set_x}, {@code y_train} with {@code X_train}, {@code labels} with {@code images}.
   *
   * @param features the name of the features
   * @return names, the likeliest first; none if the features have a name of their own
   */
  public static List<String> partners(String features) {
    Set<String> names = new LinkedHashSet<>();
    if (features.matches(".*[xX]")) {
      String rest = features.substring(0, features.length() - 1);
      names.add(rest + (features.endsWith("x") ? "y" : "Y"));
      names.add(rest + "y");
    }
    if (features.matches("[xX]_.*")) {
      names.add("y" + features.substring(1));
      names.add("Y" + features.substring(1));
    }
    for (String word : List.of("images", "features", "data")) {
      if (features.contains(word)) {
        names.add(features.replace(word, "labels"));
      }
    }
    return List.copyOf(names);
  }
}
