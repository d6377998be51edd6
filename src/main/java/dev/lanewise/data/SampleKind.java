package dev.lanewise.data;

import java.util.List;
import java.util.Objects;

/**
 * What samples must have in common for one model to serve them.
 *
 * @param shape the shape of a sample
 * @param scaling how a file's numbers become features
 * @param classNames the names of the classes, at least two
 */
public record SampleKind(FeatureShape shape, Scaling scaling, List<String> classNames) {

  /** The class names of data that have none. */
  public static final List<String> UNNAMED = List.of("0", "1");

  private static final int SHOWN = 12;

  /** A kind; the names are copied. */
  public SampleKind {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(scaling, "scaling");
    classNames = List.copyOf(classNames);
  }

  /**
   * Refuses data of another kind: of another width, scaled otherwise, or with other class names or
   * more classes. Classes called by their numbers go with any names.
   *
   * @param dataset the data to look at
   * @param owner whose kind this is, for instance "the model"
   * @throws DataException if they differ; the message says in what
   */
  public void require(Dataset dataset, String owner) {
    SampleKind other = dataset.kind();
    if (other.shape.size() != shape.size()) {
      throw differs(
          dataset,
          "samples of %d features (%s)".formatted(other.shape.size(), other.shape),
          owner,
          "%d (%s)".formatted(shape.size(), shape));
    }
    if (other.scaling != scaling) {
      throw differs(
          dataset,
          "features scaled as '%s'".formatted(other.scaling.id()),
          owner,
          "'%s'".formatted(scaling.id()));
    }
    if (dataset.isLabelled()) {
      requireClasses(dataset, owner);
    }
  }

  private void requireClasses(Dataset dataset, String owner) {
    List<String> others = dataset.classNames();
    boolean named = !Labels.areNumbers(classNames) && !Labels.areNumbers(others);
    if (named && !others.equals(classNames)) {
      throw differs(dataset, "classes " + shown(others), owner, shown(classNames));
    }
    if (others.size() > classNames.size()) {
      throw differs(
          dataset, others.size() + " classes", owner, classNames.size() + " " + shown(classNames));
    }
  }

  private static String shown(List<String> names) {
    return names.size() <= SHOWN
        ? names.toString()
        : names.subList(0, SHOWN) + " and " + (names.size() - SHOWN) + " more";
  }

  private static DataException differs(Dataset dataset, String found, String owner, String wanted) {
    return new DataException(
        dataset.origin().source(), "%s, but %s has %s".formatted(found, owner, wanted));
  }
}
