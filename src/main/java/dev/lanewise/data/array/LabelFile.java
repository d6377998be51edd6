// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.array;

import dev.lanewise.data.DataException;
import dev.lanewise.data.EntryOptions.Role;
import dev.lanewise.data.ReadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the file of the labels where labels and features are two files. */
public final class LabelFile {

  private LabelFile() {}

  /**
   * The file of the labels: the one asked for, else one beside the features.
   *
   * @param features the file of the features
   * @param names what it may be called, the likeliest first
   * @param options whether there must be one, and what it is called
   * @return empty if there is none, and none is required
   * @throws DataException if the file asked for is not there, or none is there and one is required
   */
  public static Optional<Path> find(Path features, List<String> names, ReadOptions options) {
    Optional<String> asked = options.entries().labels();
    boolean test = options.entries().role() == Role.TEST;
    if (test && asked.isPresent()) {
      // The labels of the samples to learn from have been named.
      Optional<Path> others = named(features, ArrayNames.forTest(asked.get()));
      if (others.isPresent() && !others.equals(named(features, asked.get()))) {
        return others;
      }
    }
    if (test || asked.isEmpty()) {
      for (String name : names) {
        Path file = features.resolveSibling(name);
        if (Files.isRegularFile(file)) {
          return Optional.of(file);
        }
      }
    }
    if (asked.isPresent()) {
      return Optional.of(
          named(features, asked.get())
              .orElseThrow(
                  () ->
                      new DataException(
                          features.toString(),
                          String.format(
                              Locale.ROOT,
                              "there is no file of labels '%s', neither in the current folder nor"
                                  + " beside the features",
                              asked.get()))));
    }
    if (options.entries().labelsRequired()) {
      throw new DataException(
          features.toString(),
          String.format(
              Locale.ROOT,
              "holds no labels, and there is no %s beside it; choose with --labels FILE",
              names.isEmpty() ? "file that is called as labels are" : names.getFirst()));
    }
    return Optional.empty();
  }

  private static Optional<Path> named(Path features, String name) {
    return Stream.of(Path.of(name), features.resolveSibling(name))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
