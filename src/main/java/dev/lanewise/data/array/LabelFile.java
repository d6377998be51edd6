package dev.lanewise.data.array;

import dev.lanewise.data.DataException;
import dev.lanewise.data.ReadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
    if (options.labels().isPresent()) {
      return Optional.of(named(features, options.labels().get()));
    }
    for (String name : names) {
      Path file = features.resolveSibling(name);
      if (Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    if (options.labelsRequired()) {
      throw new DataException(
          features.toString(),
          String.format(
              Locale.ROOT,
              "holds no labels, and there is no %s beside it; choose with --labels FILE",
              names.isEmpty() ? "file that is called as labels are" : names.getFirst()));
    }
    return Optional.empty();
  }

  private static Path named(Path features, String name) {
    Path asked = Path.of(name);
    Path beside = features.resolveSibling(name);
    if (Files.isRegularFile(asked)) {
      return asked;
    } else if (Files.isRegularFile(beside)) {
      return beside;
    }
    throw new DataException(
        features.toString(),
        String.format(
            Locale.ROOT,
            "there is no file of labels '%s', neither in the current folder nor beside the features",
            name));
  }
}
