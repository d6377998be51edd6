// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.data.EntryOptions.Role;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.array.ArrayNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds features, labels and the names of both in a file: by the names asked for, else by the names
 * that people use, else by being the only data set that can be meant. What is ambiguous is refused.
 */
final class DatasetNames {

  private static final int SHOWN = 8;

  private final Hdf5File file;
  private final String source;
  private final ReadOptions options;

  DatasetNames(Hdf5File file, String source, ReadOptions options) {
    this.file = file;
    this.source = source;
    this.options = options;
  }

  /**
   * The features.
   *
   * @throws DataException if there are none, or several data sets can be meant
   */
  Hdf5Entry features() {
    if (options.entries().features().isPresent()) {
      return required(options.entries().features().get());
    }
    List<Hdf5Entry> entries = entries("");
    List<Hdf5Entry> found =
        ArrayNames.forRole(named(entries), Hdf5Entry::name, options.entries().role());
    if (found.isEmpty()) {
      found = inGroups();
    }
    if (found.size() == 1) {
      return found.getFirst();
    }
    if (found.isEmpty()) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "holds no features: expected %s, or one numeric data set of samples x features, found"
                  + " %s; %s",
              String.join(", ", ArrayNames.FEATURES),
              shown(entries),
              GroupHint.all(file).orElse("choose with --features NAME --labels NAME")));
    }
    throw ambiguous("the features", found);
  }

  private List<Hdf5Entry> named(List<Hdf5Entry> entries) {
    // Looked up one by one: a link that leads nowhere must not be passed over.
    List<Hdf5Entry> named =
        Stream.concat(
                ArrayNames.FEATURES.stream().flatMap(name -> file.find(name).stream()),
                entries.stream().filter(e -> ArrayNames.areFeatures(e.name())))
            .distinct()
            .toList();
    return named.isEmpty() ? unnamedFeatures(entries) : named;
  }

  // Of groups, only those that say what they are for.
  private List<Hdf5Entry> inGroups() {
    return options.entries().role() == Role.ANY
        ? List.of()
        : file.groups(GroupHint.MOST_GROUPS).stream()
            .flatMap(group -> entries(group + "/").stream())
            .filter(e -> ArrayNames.areFeatures(e.name()))
            .filter(e -> ArrayNames.role(e.name()) == options.entries().role())
            .toList();
  }

  private List<Hdf5Entry> unnamedFeatures(List<Hdf5Entry> entries) {
    List<Hdf5Entry> numeric =
        entries.stream()
            .filter(e -> e.rank() >= 2 && isNumeric(e))
            .filter(e -> !ArrayNames.areLabels(e.name()) && !ArrayNames.CLASSES.contains(e.name()))
            .filter(e -> !options.entries().labels().equals(Optional.of(e.name())))
            .filter(e -> !isForWeights(e))
            .toList();
    if (numeric.size() < 2) {
      return numeric;
    }
    // Labels may lie in a row or a column of their own beside the features.
    List<Hdf5Entry> tables =
        numeric.stream().filter(e -> e.rank() > 2 || !e.dimensions().contains(1L)).toList();
    return tables.isEmpty() ? numeric : tables;
  }

  /**
   * The labels that go with the features.
   *
   * @return empty if there are none and none are required
   * @throws DataException if labels are required and there are none, or several data sets can be
   *     meant
   */
  Optional<Hdf5Entry> labels(Hdf5Entry features) {
    if (options.entries().labels().isPresent()) {
      return Optional.of(required(options.entries().labels().get()));
    }
    String prefix = prefix(features.name());
    List<String> partners = ArrayNames.partners(features.name());
    for (String partner : partners) {
      Optional<Hdf5Entry> found = file.find(partner);
      if (found.isPresent()) {
        return found;
      }
    }
    List<Hdf5Entry> entries = entries(prefix);
    List<Hdf5Entry> found =
        entries.stream()
            .filter(e -> ArrayNames.areLabels(e.name()))
            .filter(e -> ArrayNames.mayBelong(e.name(), features.name()))
            .toList();
    // Numbers of an unknown name are not taken for labels that nobody asked for.
    if (found.isEmpty() && options.entries().labelsRequired()) {
      long samples = features.dimensions().getFirst();
      found =
          entries.stream()
              .filter(e -> !e.name().equals(features.name()))
              .filter(e -> !isForWeights(e))
              .filter(e -> ArrayNames.mayBelong(e.name(), features.name()))
              .filter(e -> isNumeric(e) && LabelReader.isOneEach(e, samples))
              .toList();
    }
    found = ArrayNames.forRole(found, Hdf5Entry::name, ArrayNames.role(features.name()));
    if (found.size() > 1) {
      throw ambiguous("the labels", found);
    }
    if (found.isEmpty() && options.entries().labelsRequired()) {
      throw new DataException(
          source,
          String.format(
                  Locale.ROOT,
                  "holds no labels: expected %s%s, or one numeric data set of %d values, found %s;",
                  partners.isEmpty() ? "" : partners.getFirst() + ", ",
                  "y, labels, label, target",
                  features.dimensions().getFirst(),
                  shown(entries))
              + " choose with --labels NAME");
    }
    return found.stream().findFirst();
  }

  /**
   * The weights of the samples.
   *
   * @return empty if none are asked for
   * @throws DataException if those that are asked for are not there
   */
  Optional<Hdf5Entry> weights() {
    return options.entries().weights().map(this::required);
  }

  /** The names of the classes, or empty if the file does not name them. */
  List<String> classes(Hdf5Entry features) {
    String prefix = prefix(features.name());
    for (String name : ArrayNames.CLASSES) {
      if (file.find(prefix + name).isPresent() && file.type(prefix + name).orElseThrow().isText()) {
        return file.strings(prefix + name);
      }
    }
    return List.of();
  }

  /**
   * What the features are called.
   *
   * @param width how many there are
   * @throws DataException if the file has names that are not for as many, or cannot be names
   */
  Optional<FeatureNames> featureNames(Hdf5Entry features, int width) {
    String name = prefix(features.name()) + ArrayNames.FEATURE_NAMES;
    if (file.find(name).isEmpty() || !file.type(name).orElseThrow().isText()) {
      return Optional.empty();
    }
    List<String> names = file.strings(name);
    try {
      if (names.size() != width) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "there are %d names for %d features", names.size(), width));
      }
      return Optional.of(FeatureNames.of(names));
    } catch (IllegalArgumentException e) {
      throw new DataException(
          source, String.format(Locale.ROOT, "data set '%s': %s", name, e.getMessage()));
    }
  }

  private boolean isForWeights(Hdf5Entry entry) {
    Optional<String> name = Optional.of(entry.name());
    return options.entries().weights().equals(name) || options.entries().leftOut().equals(name);
  }

  private static String prefix(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  private List<Hdf5Entry> entries(String prefix) {
    List<Hdf5Entry> entries = new ArrayList<>();
    for (String name : file.names(prefix)) {
      file.find(name).ifPresent(entries::add);
    }
    return entries;
  }

  private boolean isNumeric(Hdf5Entry entry) {
    return file.type(entry.name()).orElseThrow().isNumeric();
  }

  private Hdf5Entry required(String asked) {
    String test = ArrayNames.forTest(asked);
    boolean forTest = options.entries().role() == Role.TEST && file.find(test).isPresent();
    String name = forTest ? test : asked;
    return file.find(name).orElseThrow(() -> missing(name));
  }

  private DataException missing(String name) {
    return new DataException(
        source,
        file.isGroup(name)
            ? GroupHint.of(file, name)
            : String.format(
                Locale.ROOT,
                "has no data set '%s', expected one of %s%s",
                name,
                shown(entries(prefix(name))),
                GroupHint.all(file).map(hint -> "; " + hint).orElse("")));
  }

  private DataException ambiguous(String what, List<Hdf5Entry> found) {
    return new DataException(
        source,
        String.format(
            Locale.ROOT,
            "%s could be %s; choose with --features NAME --labels NAME",
            what,
            shown(found)));
  }

  static String shown(List<Hdf5Entry> entries) {
    if (entries.isEmpty()) {
      return "no data set";
    }
    String names =
        String.join(", ", entries.stream().limit(SHOWN).map(Hdf5Entry::toString).toList());
    int more = entries.size() - SHOWN;
    return more > 0 ? names + " and " + more + " more" : names;
  }
}
