// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.npy;

import dev.lanewise.data.DataException;
import dev.lanewise.data.EntryOptions.Role;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.array.ArrayNames;
import dev.lanewise.data.file.ZipContent;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds features, labels and class names among the arrays of an archive: by the names asked for,
 * else by the names that people use, else by being the only array that can be meant.
 */
final class NpzNames {

  private static final String EXTENSION = ".npy";
  private static final int SHOWN = 8;

  private final ZipContent archive;
  private final String source;
  private final ReadOptions options;
  private final List<String> names;

  /**
   * Looks at the names.
   *
   * @throws DataException if the archive has no arrays in it
   */
  NpzNames(ZipContent archive, String source, ReadOptions options) {
    this.archive = archive;
    this.source = source;
    this.options = options;
    this.names =
        archive.names().stream()
            .filter(name -> name.endsWith(EXTENSION))
            .map(name -> name.substring(0, name.length() - EXTENSION.length()))
            .toList();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT, "two arrays are called '%s', expected a name for each", name));
      }
    }
    if (names.isEmpty()) {
      throw new DataException(
          source,
          archive.names().isEmpty()
              ? "is an empty zip archive, expected NPZ as numpy.savez writes it"
              : String.format(
                  Locale.ROOT,
                  "is a zip archive of %s and no arrays; unpack it, expected NPZ as numpy.savez writes it",
                  shown(archive.names())));
    }
    refuseSparse();
  }

  // As scipy.sparse.save_npz writes them: CSR, CSC and BSR, COO, DIA.
  private void refuseSparse() {
    if (names.containsAll(List.of("format", "shape", "data"))
        && (names.containsAll(List.of("indices", "indptr"))
            || names.containsAll(List.of("row", "col"))
            || names.contains("offsets"))) {
      throw new DataException(
          source,
          "is a sparse matrix of SciPy's; save numpy.savez(FILE, X=matrix.toarray(), y=labels), or"
              + " LIBSVM's text with sklearn.datasets.dump_svmlight_file");
    }
  }

  /** An array; the caller closes it. */
  NpyArray open(String name) {
    return NpyArray.read(archive.open(name + EXTENSION), name);
  }

  /**
   * The features.
   *
   * @throws DataException if there are none, or several arrays can be meant
   */
  String features() {
    if (options.entries().features().isPresent()) {
      return required(options.entries().features().get());
    }
    List<String> found = names.stream().filter(ArrayNames::areFeatures).toList();
    if (found.isEmpty()) {
      found =
          names.stream()
              .filter(name -> !ArrayNames.areLabels(name))
              .filter(name -> !ArrayNames.CLASSES.contains(name))
              .filter(name -> !options.entries().labels().equals(Optional.of(name)))
              .filter(is(array -> array.isNumeric() && array.rank() >= 2))
              .toList();
    }
    return only("the features", ArrayNames.forRole(found, name -> name, options.entries().role()))
        .orElseThrow(
            () ->
                new DataException(
                    source,
                    "holds no features: expected X, x_train or one array of samples x features,"
                        + String.format(
                            Locale.ROOT,
                            " found %s; choose with --features NAME --labels NAME",
                            shown(names))));
  }

  /**
   * The labels that go with the features.
   *
   * @return empty if there are none, and none are required
   * @throws DataException if labels are required and there are none, or several arrays can be meant
   */
  Optional<String> labels(String features) {
    if (options.entries().labels().isPresent()) {
      return Optional.of(required(options.entries().labels().get()));
    }
    Optional<String> partner =
        ArrayNames.partners(features).stream().filter(names::contains).findFirst();
    if (partner.isPresent()) {
      return partner;
    }
    List<String> found =
        names.stream()
            .filter(name -> ArrayNames.areLabels(name) && ArrayNames.mayBelong(name, features))
            .toList();
    // Numbers of an unknown name are not taken for labels that nobody asked for.
    if (found.isEmpty() && options.entries().labelsRequired()) {
      found =
          names.stream()
              .filter(name -> !name.equals(features) && !ArrayNames.CLASSES.contains(name))
              .filter(name -> !name.equals(ArrayNames.FEATURE_NAMES))
              .filter(name -> ArrayNames.mayBelong(name, features))
              .filter(is(array -> array.rank() == 1))
              .toList();
    }
    Optional<String> labels =
        only("the labels", ArrayNames.forRole(found, name -> name, ArrayNames.role(features)));
    if (labels.isEmpty() && options.entries().labelsRequired()) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "holds no labels for '%s', found %s; choose with --labels NAME",
              features,
              shown(names)));
    }
    return labels;
  }

  /** The names of the classes, if there are any. */
  Optional<String> classes() {
    return names.stream().filter(ArrayNames.CLASSES::contains).findFirst();
  }

  /**
   * What the features are called, if the archive says so.
   *
   * @param width how many there are
   * @throws DataException if it has names that are not for as many, or cannot be names
   */
  Optional<FeatureNames> featureNames(int width) {
    if (!names.contains(ArrayNames.FEATURE_NAMES)) {
      return Optional.empty();
    }
    try (NpyArray array = open(ArrayNames.FEATURE_NAMES)) {
      if (!array.isText()) {
        options
            .notices()
            .noted()
            .accept(
                String.format(
                    Locale.ROOT,
                    "%s: %s is no array of texts and left out; save names as numpy.array(names, dtype=str)",
                    source,
                    array));
        return Optional.empty();
      }
      List<String> found = array.texts();
      if (found.size() != width) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "there are %d names for %d features", found.size(), width));
      }
      return Optional.of(FeatureNames.of(found));
    } catch (IllegalArgumentException e) {
      throw new DataException(
          source, "array '" + ArrayNames.FEATURE_NAMES + "': " + e.getMessage(), e);
    }
  }

  private Predicate<String> is(Predicate<NpyArray> what) {
    return name -> {
      try (NpyArray array = open(name)) {
        return what.test(array);
      }
    };
  }

  private Optional<String> only(String what, List<String> found) {
    if (found.size() > 1) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "%s could be %s; choose with --features NAME --labels NAME",
              what,
              shown(found)));
    }
    return found.stream().findFirst();
  }

  private String required(String asked) {
    String test = ArrayNames.forTest(asked);
    String name = options.entries().role() == Role.TEST && names.contains(test) ? test : asked;
    if (!names.contains(name)) {
      throw new DataException(
          source,
          String.format(Locale.ROOT, "has no array '%s', expected one of %s", name, shown(names)));
    }
    return name;
  }

  private static String shown(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    int more = names.size() - SHOWN;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
