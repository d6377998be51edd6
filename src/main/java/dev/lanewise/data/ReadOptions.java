// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.data.EntryOptions.Role;
import dev.lanewise.data.table.TableOptions;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to read a file.
 *
 * @param entries which entries become features, labels and sample weights
 * @param wanted the features that samples must have, where the format leaves it open
 * @param labelRules how labels become classes
 * @param text how files of text are laid out, and which columns of tables are features
 * @param tables how the columns of tables become features
 * @param numbers how numbers become features
 * @param mapping whether the features stay in the file; changes no bit of what is computed
 * @param notices the receivers of messages about the file
 */
public record ReadOptions(
    EntryOptions entries,
    WantedFeatures wanted,
    LabelRules labelRules,
    TextOptions text,
    TableOptions tables,
    NumberOptions numbers,
    Mapping mapping,
    Notices notices) {

  /** Checks that no component is null. */
  public ReadOptions {
    Objects.requireNonNull(entries, "entries");
    Objects.requireNonNull(wanted, "wanted");
    Objects.requireNonNull(labelRules, "labelRules");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(tables, "tables");
    Objects.requireNonNull(numbers, "numbers");
    Objects.requireNonNull(mapping, "mapping");
    Objects.requireNonNull(notices, "notices");
  }

  private static ReadOptions of(boolean labelsRequired, LabelRules rules) {
    return new ReadOptions(
        EntryOptions.byConvention(labelsRequired),
        WantedFeatures.ALL,
        rules,
        TextOptions.DEFAULT,
        TableOptions.STRICT,
        NumberOptions.USUAL,
        Mapping.AUTO,
        Notices.NONE);
  }

  /**
   * Labelled samples, names found by convention.
   *
   * @return options for training and evaluation
   */
  public static ReadOptions labelled() {
    return of(true, LabelRules.STRICT);
  }

  /**
   * Samples with or without labels, names found by convention.
   *
   * @return options for prediction
   */
  public static ReadOptions unlabelled() {
    return of(false, LabelRules.UNNEEDED);
  }

  private ReadOptions with(EntryOptions choice) {
    return new ReadOptions(choice, wanted, labelRules, text, tables, numbers, mapping, notices);
  }

  /**
   * The same with other names.
   *
   * @param features the name of the features, or null to find it by convention
   * @param labels the name of the labels, or null to find it by convention
   * @return new options
   */
  public ReadOptions named(String features, String labels) {
    return with(entries.named(features, labels));
  }

  /**
   * The same with a column of labels for tables that have it, if no other is named.
   *
   * @param column such as that of training; null for none
   * @return new options
   */
  public ReadOptions labelledBy(String column) {
    return with(entries.labelledBy(column));
  }

  /**
   * The same with sample weights, or without.
   *
   * @param name the name of the weights, or null for none
   * @return new options
   */
  public ReadOptions weighted(String name) {
    return with(entries.weighted(name));
  }

  /**
   * The same, but an entry of this name is neither features nor labels.
   *
   * @param name such as that of the sample weights learned with; null or empty for none
   * @return new options
   */
  public ReadOptions leavingOut(String name) {
    return with(entries.leavingOut(name));
  }

  /**
   * The same with the classes of a folder of pictures in the names of its files, or not.
   *
   * @param inNames whether they are
   * @return new options
   */
  public ReadOptions classesFromNames(boolean inNames) {
    return with(entries.classesFromNames(inNames));
  }

  /**
   * The same for samples with a role.
   *
   * @param role what they are for
   * @return new options
   */
  public ReadOptions as(Role role) {
    return with(entries.as(role));
  }

  /**
   * The same for samples with other features.
   *
   * @param features the features that they must have
   * @return new options
   */
  public ReadOptions wanting(WantedFeatures features) {
    return new ReadOptions(entries, features, labelRules, text, tables, numbers, mapping, notices);
  }

  /**
   * The same for samples of a shape, where the file leaves it open. Samples of a file that has
   * another shape are read as they are.
   *
   * @param shape the shape
   * @return new options
   */
  public ReadOptions shaped(FeatureShape shape) {
    return wanting(
        new WantedFeatures(
            Optional.of(shape), wanted.names(), wanted.numbering(), wanted.encoding()));
  }

  /**
   * The same with other rules for labels.
   *
   * @param rules how labels become classes
   * @return new options
   */
  public ReadOptions ruled(LabelRules rules) {
    return new ReadOptions(entries, wanted, rules, text, tables, numbers, mapping, notices);
  }

  /**
   * The same for files of text of another layout.
   *
   * @param layout how they are laid out, and which columns are features
   * @return new options
   */
  public ReadOptions laidOut(TextOptions layout) {
    return new ReadOptions(entries, wanted, labelRules, layout, tables, numbers, mapping, notices);
  }

  /**
   * The same for tables whose columns become features another way.
   *
   * @param choice how; {@link TableOptions#AUTOMATIC} finds the roles of columns and imputes
   *     missing cells
   * @return new options
   */
  public ReadOptions with(TableOptions choice) {
    return new ReadOptions(entries, wanted, labelRules, text, choice, numbers, mapping, notices);
  }

  /**
   * The same with numbers read another way.
   *
   * @param how how the numbers become features
   * @return new options
   */
  public ReadOptions with(NumberOptions how) {
    return new ReadOptions(entries, wanted, labelRules, text, tables, how, mapping, notices);
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
   * The same with features that stay in the file, or do not.
   *
   * @param choice whether they are mapped
   * @return new options
   */
  public ReadOptions mapped(Mapping choice) {
    return new ReadOptions(entries, wanted, labelRules, text, tables, numbers, choice, notices);
  }

  /**
   * The same, but pictures that cannot be read, and columns that are not wanted, are left out.
   *
   * @param listener receives a line about each
   * @return new options
   */
  public ReadOptions skipping(Consumer<String> listener) {
    return new ReadOptions(
        entries,
        wanted,
        labelRules,
        text,
        tables,
        numbers,
        mapping,
        new Notices(Optional.of(listener), notices.noted()));
  }

  /**
   * The same with a receiver of properties of the file that may surprise.
   *
   * @param listener receives a line about each
   * @return new options
   */
  public ReadOptions noting(Consumer<String> listener) {
    return new ReadOptions(
        entries,
        wanted,
        labelRules,
        text,
        tables,
        numbers,
        mapping,
        new Notices(notices.skipped(), listener));
  }

  /**
   * Returns the same for samples of a schema: of its shape, scaled like it, with its features, and
   * in its classes, whatever type of label these are of.
   *
   * @param schema for instance that of a model, or of what it is trained on
   * @return new options
   */
  public ReadOptions like(Schema schema) {
    return wanting(WantedFeatures.of(schema))
        .with(numbers.like(schema))
        .ruled(labelRules.ofAnyType());
  }
}
