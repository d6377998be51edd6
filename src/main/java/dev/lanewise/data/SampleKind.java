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

  /** A kind; the names are copied. */
  public SampleKind {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(scaling, "scaling");
    classNames = List.copyOf(classNames);
  }

  /**
   * Refuses data of another kind: of another width, scaled otherwise, or with other class names.
   * Unnamed classes go with any names.
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
    boolean named = !classNames.equals(UNNAMED) && !other.classNames.equals(UNNAMED);
    if (dataset.isLabelled() && named && !other.classNames.equals(classNames)) {
      throw differs(dataset, "classes " + other.classNames, owner, classNames.toString());
    }
  }

  private static DataException differs(Dataset dataset, String found, String owner, String wanted) {
    return new DataException(
        dataset.origin().source(), "%s, but %s has %s".formatted(found, owner, wanted));
  }
}
