package dev.lanewise.data.idx;

import dev.lanewise.data.DataException;
import dev.lanewise.data.ReadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the file of the labels: the one asked for, else the one beside the images that is called as
 * they are, with {@code labels} for {@code images} and one dimension: {@code
 * train-labels-idx1-ubyte.gz} for {@code train-images-idx3-ubyte.gz}, gzipped or not.
 */
final class LabelFile {

  private static final String GZIP = ".gz";

  private LabelFile() {}

  /**
   * The file of the labels.
   *
   * @param images the file of the images
   * @return empty if there is none, and none is required
   * @throws DataException if the file asked for is not there, or none is there and one is required
   */
  static Optional<Path> find(Path images, ReadOptions options) {
    if (options.labels().isPresent()) {
      return Optional.of(named(images, options.labels().get()));
    }
    Optional<String> name = conventional(images.getFileName().toString());
    Optional<Path> found = name.flatMap(wanted -> beside(images, wanted));
    if (found.isEmpty() && options.labelsRequired()) {
      throw new DataException(
          images.toString(),
          "holds no labels, and there is no %s beside it; choose with --labels FILE"
              .formatted(name.orElse("file with 'labels' for the 'images' in its name")));
    }
    return found;
  }

  private static Path named(Path images, String name) {
    Path asked = Path.of(name);
    Path beside = images.resolveSibling(name);
    if (Files.isRegularFile(asked)) {
      return asked;
    } else if (Files.isRegularFile(beside)) {
      return beside;
    }
    throw new DataException(
        images.toString(),
        "there is no file of labels '%s', neither in the current folder nor beside the images"
            .formatted(name));
  }

  private static Optional<String> conventional(String name) {
    if (!name.contains("images")) {
      return Optional.empty();
    }
    return Optional.of(name.replace("images", "labels").replaceFirst("idx[0-9]", "idx1"));
  }

  // The one that is compressed as the images are comes first, should there be both.
  private static Optional<Path> beside(Path images, String name) {
    String other =
        name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name + GZIP;
    for (String candidate : new String[] {name, other}) {
      Path file = images.resolveSibling(candidate);
      if (Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
