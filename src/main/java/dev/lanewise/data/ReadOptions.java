package dev.lanewise.data;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What to look for in a file.
 *
 * @param features the name of the features inside the file, or empty to find it by convention
 * @param labels the name of the labels inside the file, or of the file that they are in, or empty
 *     to find it by convention
 * @param weights the name of the weights of the samples inside the file, or empty for none
 * @param leftOut the name of what is neither features nor labels, where the file has one of that
 *     name, such as the weights of samples to be tested on; or empty
 * @param labelsRequired whether a file without labels is refused; samples to predict need none
 * @param classFromName whether the classes of a folder of pictures are told by the names of its
 *     files ({@code cat.0.jpg}), and not by folders; files of other formats are refused
 * @param mapping whether the features stay in the file; changes no bit of what is computed
 * @param shape the shape that samples are to have, for formats that leave it open: the number of
 *     features of a text that leaves zeros away, the size that pictures are brought to; empty to
 *     find it in the file
 * @param featureNames what the features are called that are wanted, in this order, of files whose
 *     features have names; empty to take all as they come
 * @param numbering the numbers of the features that are wanted, of files whose features have
 *     numbers in the place of names; {@link Numbering#NONE} where features are wanted that have no
 *     such numbers; empty to take all as they come
 * @param text how files of text are laid out, and which columns of tables are features
 * @param labelRules how labels become classes
 * @param role what the samples are for: where a file has several arrays that could be meant, those
 *     that are called after it
 * @param skipped is told, in a line each, of what is left out: samples that are files of their own
 *     and cannot be read, and columns that are none of the features wanted; empty to have them
 *     refused
 * @param noted is told, in a line each, of what was found out about the file and may surprise
 * @param numbers how the numbers become features
 */
public record ReadOptions(
    Optional<String> features,
    Optional<String> labels,
    Optional<String> weights,
    Optional<String> leftOut,
    boolean labelsRequired,
    boolean classFromName,
    Mapping mapping,
    Optional<FeatureShape> shape,
    Optional<FeatureNames> featureNames,
    Optional<Numbering> numbering,
    TextOptions text,
    LabelRules labelRules,
    Role role,
    Optional<Consumer<String>> skipped,
    Consumer<String> noted,
    NumberOptions numbers) {

  /** What samples are for. */
  public enum Role {
    /** To be learned from. */
    TRAIN,
    /** To be tested on. */
    TEST,
    /** For whatever purpose. */
    ANY
  }

  /** Options; no component may be null. */
  public ReadOptions {
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(leftOut, "leftOut");
    Objects.requireNonNull(mapping, "mapping");
    Objects.requireNonNull(shape, "shape");
    Objects.requireNonNull(featureNames, "featureNames");
    Objects.requireNonNull(numbering, "numbering");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(labelRules, "labelRules");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(skipped, "skipped");
    Objects.requireNonNull(noted, "noted");
    Objects.requireNonNull(numbers, "numbers");
  }

  private static ReadOptions of(boolean labelsRequired) {
    return new ReadOptions(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        labelsRequired,
        false,
        Mapping.AUTO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        TextOptions.DEFAULT,
        labelsRequired ? LabelRules.STRICT : LabelRules.UNNEEDED,
        Role.ANY,
        Optional.empty(),
        line -> {},
        NumberOptions.USUAL);
  }

  /**
   * Labelled samples, names found by convention.
   *
   * @return options for training and evaluation
   */
  public static ReadOptions labelled() {
    return of(true);
  }

  /**
   * Samples with or without labels, names found by convention.
   *
   * @return options for prediction
   */
  public static ReadOptions unlabelled() {
    return of(false);
  }

  /**
   * The same with other names.
   *
   * @param features the name of the features, or null to find it by convention
   * @param labels the name of the labels, or null to find it by convention
   * @return new options
   */
  public ReadOptions named(String features, String labels) {
    return new ReadOptions(
        Optional.ofNullable(features),
        Optional.ofNullable(labels),
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        mapping,
        shape,
        featureNames,
        numbering,
        text,
        labelRules,
        role,
        skipped,
        noted,
        numbers);
  }

  /**
   * The same with weights of the samples, or without.
   *
   * @param name the name of the weights, or null for none
   * @return new options
   */
  public ReadOptions weighted(String name) {
    return new ReadOptions(
        features,
        labels,
        Optional.ofNullable(name),
        leftOut,
        labelsRequired,
        classFromName,
        mapping,
        shape,
        featureNames,
        numbering,
        text,
        labelRules,
        role,
        skipped,
        noted,
        numbers);
  }

  /**
   * The same, but what the file may have of a name is neither features nor labels.
   *
   * @param name such as that of the weights of the samples learned from; null or empty for nothing
   * @return new options
   */
  public ReadOptions leavingOut(String name) {
    Optional<String> out = Optional.ofNullable(name).filter(text -> !text.isEmpty());
    return new ReadOptions(
        features,
        labels,
        weights,
        out,
        labelsRequired,
        classFromName,
        mapping,
        shape,
        featureNames,
        numbering,
        text,
        labelRules,
        role,
        skipped,
        noted,
        numbers);
  }

  /**
   * The same with features that stay in the file, or do not.
   *
   * @param choice whether they are mapped
   * @return new options
   */
  public ReadOptions mapped(Mapping choice) {
    return new ReadOptions(
        features,
        labels,
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        choice,
        shape,
        featureNames,
        numbering,
        text,
        labelRules,
        role,
        skipped,
        noted,
        numbers);
  }

  /**
   * The same, but the classes of a folder of pictures are told by the names of its files, or not.
   *
   * @param wanted whether they are
   * @return new options
   */
  public ReadOptions classesFromNames(boolean wanted) {
    return new ReadOptions(
        features,
        labels,
        weights,
        leftOut,
        labelsRequired,
        wanted,
        mapping,
        shape,
        featureNames,
        numbering,
        text,
        labelRules,
        role,
        skipped,
        noted,
        numbers);
  }

  /**
   * The same for samples of a shape, where the file leaves it open. A file that has samples of
   * another shape is read as it is.
   *
   * @param wanted the shape
   * @return new options
   */
  public ReadOptions shaped(FeatureShape wanted) {
    return new ReadOptions(
        features,
        labels,
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        mapping,
        Optional.of(wanted),
        featureNames,
        numbering,
        text,
        labelRules,
        role,
        skipped,
        noted,
        numbers);
  }

  /**
   * The same for samples with features of these names, which are put into this order where the file
   * has names for them.
   *
   * @param wanted the names, or empty to take all features as they come
   * @return new options
   */
  public ReadOptions withFeatures(Optional<FeatureNames> wanted) {
    return new ReadOptions(
        features,
        labels,
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        mapping,
        shape,
        wanted,
        numbering,
        text,
        labelRules,
        role,
        skipped,
        noted,
        numbers);
  }

  /**
   * The same for samples with features of these numbers, where the file has numbers for them.
   *
   * @param wanted the numbers, or empty to take all features as they come
   * @return new options
   */
  public ReadOptions numbered(Optional<Numbering> wanted) {
    return new ReadOptions(
        features,
        labels,
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        mapping,
        shape,
        featureNames,
        wanted,
        text,
        labelRules,
        role,
        skipped,
        noted,
        numbers);
  }

  /**
   * The same for files of text that are laid out otherwise.
   *
   * @param layout how they are laid out, and which columns are features
   * @return new options
   */
  public ReadOptions laidOut(TextOptions layout) {
    return new ReadOptions(
        features,
        labels,
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        mapping,
        shape,
        featureNames,
        numbering,
        layout,
        labelRules,
        role,
        skipped,
        noted,
        numbers);
  }

  /**
   * The same with other rules for labels.
   *
   * @param rules how labels become classes
   * @return new options
   */
  public ReadOptions ruled(LabelRules rules) {
    return new ReadOptions(
        features,
        labels,
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        mapping,
        shape,
        featureNames,
        numbering,
        text,
        rules,
        role,
        skipped,
        noted,
        numbers);
  }

  /**
   * The same for samples that are for something.
   *
   * @param purpose what they are for
   * @return new options
   */
  public ReadOptions as(Role purpose) {
    return new ReadOptions(
        features,
        labels,
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        mapping,
        shape,
        featureNames,
        numbering,
        text,
        labelRules,
        purpose,
        skipped,
        noted,
        numbers);
  }

  /**
   * The same, but what is found out about the file and may surprise is told.
   *
   * @param listener is told of each in a line
   * @return new options
   */
  public ReadOptions noting(Consumer<String> listener) {
    return new ReadOptions(
        features,
        labels,
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        mapping,
        shape,
        featureNames,
        numbering,
        text,
        labelRules,
        role,
        skipped,
        listener,
        numbers);
  }

  /**
   * The same for samples of a kind: of its shape, scaled like it, with its features, and in its
   * classes, whatever type of label these are of.
   *
   * @param kind for instance that of a model, or of what it is trained on
   * @return new options
   */
  public ReadOptions like(SampleKind kind) {
    return shaped(kind.shape())
        .withFeatures(kind.featureNames())
        .numbered(Optional.of(kind.numbering().orElse(Numbering.NONE)))
        .with(numbers.like(kind))
        .ruled(labelRules.ofAnyType());
  }

  /**
   * The same for samples that are standardised ({@link Dataset#standardized()}): numbers that
   * float32 would round are kept as float64 until then. They take twice the memory.
   *
   * @return new options
   */
  public ReadOptions exact() {
    return with(new NumberOptions(numbers.told(), numbers.known(), true));
  }

  /**
   * The same, numbers read another way.
   *
   * @param how the numbers become features
   * @return new options
   */
  public ReadOptions with(NumberOptions how) {
    return new ReadOptions(
        features,
        labels,
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        mapping,
        shape,
        featureNames,
        numbering,
        text,
        labelRules,
        role,
        skipped,
        noted,
        how);
  }

  /**
   * The same, but pictures that cannot be read, and columns that are not wanted, are left out.
   *
   * @param listener is told of each
   * @return new options
   */
  public ReadOptions skipping(Consumer<String> listener) {
    return new ReadOptions(
        features,
        labels,
        weights,
        leftOut,
        labelsRequired,
        classFromName,
        mapping,
        shape,
        featureNames,
        numbering,
        text,
        labelRules,
        role,
        Optional.of(listener),
        noted,
        numbers);
  }
}
