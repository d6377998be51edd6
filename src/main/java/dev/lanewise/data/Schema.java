// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.data.table.TableEncoding;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The schema of a data set: what samples must have in common for one model to serve them.
 *
 * @param shape the shape of a sample
 * @param scaling how a file's numbers become features
 * @param classNames the names of the classes, at least two
 * @param question what the two classes answer, where they were made of others
 * @param standardization how features are standardised after that, if they are
 * @param featureNames what the features are called, where their file says so; where both have
 *     names, data and model must have the same in the same order
 * @param numbering the numbers of the features in their file, where it has numbers in the place of
 *     names
 * @param encoding how the columns of a table become these features; empty if each feature is a
 *     number of the file
 */
public record Schema(
    FeatureShape shape,
    Scaling scaling,
    List<String> classNames,
    Optional<Question> question,
    Optional<Standardization> standardization,
    Optional<FeatureNames> featureNames,
    Optional<Numbering> numbering,
    Optional<TableEncoding> encoding) {

  /** The class names of data that have none. */
  public static final List<String> UNNAMED = List.of("0", "1");

  private static final int SHOWN = 12;

  /** A schema; the names are copied. */
  public Schema {
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(scaling, "scaling");
    classNames = List.copyOf(classNames);
    ClassNames.repeated(classNames)
        .ifPresent(
            name -> {
              throw new IllegalArgumentException("two classes are called '" + name + "'");
            });
    if (question.isPresent() && !question.get().answers().equals(classNames)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s are not the answers to '%s'", classNames, question.get()));
    }
    if (standardization.isPresent() && standardization.get().width() != shape.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d features are standardised, but a sample of %s has %d",
              standardization.get().width(),
              shape,
              shape.size()));
    }
    if (featureNames.isPresent() && featureNames.get().size() != shape.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d features have names, but a sample of %s has %d",
              featureNames.get().size(),
              shape,
              shape.size()));
    }
    int columns = numbering.map(numbers -> numbers.columns().size()).orElse(0);
    int numbered = encoding.map(by -> by.columns().size()).orElse(shape.size());
    if (columns != 0 && columns != numbered) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d features have columns, but a sample of %s has %d",
              columns,
              shape,
              numbered));
    }
    if (encoding.isPresent() && encoding.get().width() != shape.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "columns are encoded as %d features, but a sample of %s has %d",
              encoding.get().width(),
              shape,
              shape.size()));
    }
  }

  /**
   * Returns a schema of samples whose features are not standardised and have no names.
   *
   * @param shape the shape of a sample
   * @param scaling how a file's numbers become features
   * @param classNames the names of the classes, at least two
   * @param question what the two classes answer, where they were made of others
   */
  public Schema(
      FeatureShape shape, Scaling scaling, List<String> classNames, Optional<Question> question) {
    this(
        shape,
        scaling,
        classNames,
        question,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Returns a schema of samples each of whose features is a number of the file.
   *
   * @param shape the shape of a sample
   * @param scaling how a file's numbers become features
   * @param classNames the names of the classes, at least two
   * @param question what the two classes answer, where they were made of others
   * @param standardization how features are standardised after that, if they are
   * @param featureNames what the features are called, where their file says so
   * @param numbering the numbers of the features in their file, where it has no names
   */
  public Schema(
      FeatureShape shape,
      Scaling scaling,
      List<String> classNames,
      Optional<Question> question,
      Optional<Standardization> standardization,
      Optional<FeatureNames> featureNames,
      Optional<Numbering> numbering) {
    this(
        shape,
        scaling,
        classNames,
        question,
        standardization,
        featureNames,
        numbering,
        Optional.empty());
  }

  /**
   * Returns a schema of samples whose classes are those of their file.
   *
   * @param shape the shape of a sample
   * @param scaling how a file's numbers become features
   * @param classNames the names of the classes, at least two
   */
  public Schema(FeatureShape shape, Scaling scaling, List<String> classNames) {
    this(shape, scaling, classNames, Optional.empty());
  }

  /**
   * Returns the same data in the classes of this schema. A class may have no samples. Classes are
   * found by their names, whatever their order, and never by their numbers; where there is a
   * question about other classes it is asked.
   *
   * @param dataset labelled or not
   * @param owner whose schema this is, for instance "the model"
   * @return the same data set, or one on the same memory; close one of the two
   * @throws DataException if there are samples of a class that is not known, or labels 0 and 1
   *     without names could be classes as well as answers to the question
   */
  public Dataset align(Dataset dataset, String owner) {
    if (!dataset.isLabelled() || dataset.classNames().equals(classNames)) {
      return dataset;
    }
    if (question.isPresent()) {
      return asked(dataset, question.get());
    }
    int[] match = ClassNames.match(dataset.classNames(), classNames);
    int[] labels = dataset.labels();
    for (int j = 0; j < labels.length; j++) {
      labels[j] = match[labels[j]];
      if (labels[j] == ClassNames.NONE) {
        throw otherClasses(dataset, j, owner);
      }
    }
    return dataset.relabelled(labels, classNames, null);
  }

  private static Dataset asked(Dataset dataset, Question question) {
    if (dataset.classNames().equals(UNNAMED) && question.classes().size() > UNNAMED.size()) {
      throw new DataException(
          dataset.origin().source(),
          String.format(
                  Locale.ROOT,
                  "its labels 0 and 1 could be classes, or answers to '%s'; choose with --positive %s or",
                  question,
                  String.join(",", question.positive()))
              + " --positive 1");
    }
    return question.ask(dataset);
  }

  /**
   * Returns the same schema with features that are standardised.
   *
   * @param by how
   * @return a new schema
   * @throws IllegalArgumentException if it is not of as many features as a sample
   */
  public Schema standardized(Standardization by) {
    return new Schema(
        shape, scaling, classNames, question, Optional.of(by), featureNames, numbering, encoding);
  }

  /**
   * Returns the same schema with features that are not standardised.
   *
   * @return this schema, or a new one
   */
  public Schema unstandardized() {
    return standardization.isEmpty()
        ? this
        : new Schema(
            shape,
            scaling,
            classNames,
            question,
            Optional.empty(),
            featureNames,
            numbering,
            encoding);
  }

  /**
   * Gives work the data with features as this schema has them: where these are standardised and
   * those of the data are as they were read, a copy of the data that is, for as long as the work
   * takes.
   *
   * @param <T> what comes of the work
   * @param dataset of this schema but for that
   * @param owner whose schema this is, for instance "the model"
   * @param work does not keep the data
   * @return what the work returned
   * @throws DataException if the features are of another width or scaling, there is not enough
   *     memory for the copy, or a feature is beyond float32 once standardised
   */
  public <T> T withFeatures(Dataset dataset, String owner, Function<Dataset, T> work) {
    if (standardization.isEmpty() || dataset.standardization().isPresent()) {
      return work.apply(dataset);
    }
    requireRaw(dataset, owner);
    try (Dataset copy = dataset.standardized(standardization.get())) {
      return work.apply(copy);
    }
  }

  /**
   * Rejects data of another schema: of another width, scaled otherwise, with features of other
   * names, or with samples of other classes, or of the same with other numbers.
   *
   * @param dataset the data to look at
   * @param owner whose schema this is, for instance "the model"
   * @throws DataException if they differ; the message says in what
   */
  public void require(Dataset dataset, String owner) {
    requireFeatures(dataset, owner);
    if (dataset.isLabelled()) {
      requireClasses(dataset, owner);
    }
  }

  /**
   * Refuses data of another width, scaled or standardised otherwise, or whose features have other
   * names. Features without names go with any.
   *
   * @param dataset the data to look at; their labels do not matter
   * @param owner whose schema this is, for instance "the model"
   * @throws DataException if they differ; the message says in what
   */
  public void requireFeatures(Dataset dataset, String owner) {
    requireRaw(dataset, owner);
    if (!dataset.standardization().equals(standardization)) {
      throw differs(
          dataset,
          dataset.standardization().isPresent()
              ? "features standardised in a way of their own"
              : "features that are not standardised",
          owner,
          standardization.isPresent() ? "standardised ones" : "none that are");
    }
  }

  private void requireRaw(Dataset dataset, String owner) {
    Schema other = dataset.schema();
    if (other.shape.size() != shape.size()) {
      throw differs(
          dataset,
          String.format(
              Locale.ROOT, "samples of %d features (%s)", other.shape.size(), other.shape),
          owner,
          String.format(Locale.ROOT, "%d (%s)", shape.size(), shape));
    }
    if (!scaling.accepts(other.scaling)) {
      throw differs(
          dataset,
          "features that are " + other.scaling.description(),
          owner,
          scaling.description()
              + "; say how the numbers of the file are to be taken (--scale pixels or none)");
    }
    if (featureNames.isPresent()
        && other.featureNames.isPresent()
        && !other.featureNames.equals(featureNames)) {
      throw new DataException(
          dataset.origin().source(),
          featureNames.get().difference(other.featureNames.get(), owner));
    }
    if (encoding.isPresent() && other.encoding.isPresent() && !other.encoding.equals(encoding)) {
      throw differs(
          dataset, "columns that are encoded in a way of their own", owner, "another encoding");
    }
  }

  private void requireClasses(Dataset dataset, String owner) {
    int[] match = ClassNames.match(dataset.classNames(), classNames);
    int[] labels = dataset.labels();
    for (int j = 0; j < labels.length; j++) {
      if (match[labels[j]] != labels[j]) {
        throw otherClasses(dataset, j, owner);
      }
    }
  }

  private DataException otherClasses(Dataset dataset, int sample, String owner) {
    List<String> others = dataset.classNames();
    String advice = ClassNames.advice(others, classNames);
    if (classNames.size() > UNNAMED.size() && advice.isEmpty()) {
      // Of many classes it helps to know which one.
      return new DataException(
          dataset.origin().source(),
          String.format(
              Locale.ROOT,
              "sample %d is of class '%s', which %s does not have, expected one of %s",
              sample,
              others.get(dataset.labels()[sample]),
              owner,
              shown(classNames)));
    }
    return differs(dataset, "classes " + shown(others), owner, shown(classNames) + advice);
  }

  private static String shown(List<String> names) {
    return names.size() <= SHOWN
        ? names.toString()
        : names.subList(0, SHOWN) + " and " + (names.size() - SHOWN) + " more";
  }

  private static DataException differs(Dataset dataset, String found, String owner, String wanted) {
    return new DataException(
        dataset.origin().source(),
        String.format(Locale.ROOT, "%s, but %s has %s", found, owner, wanted));
  }
}
