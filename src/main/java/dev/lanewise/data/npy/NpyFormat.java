// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.npy;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.EntryOptions;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Schema;
import dev.lanewise.data.array.ArrayNames;
import dev.lanewise.data.array.ArraySource;
import dev.lanewise.data.array.LabelFile;
import dev.lanewise.data.array.NumberArray;
import dev.lanewise.data.file.FileContent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * NPY, the file of one array that {@code numpy.save} writes, gzipped or not.
 *
 * <p>The file that is read is that of the features: two dimensions or more, samples first. Bytes
 * without a sign stay bytes, pixels or the numbers of a table ({@link
 * dev.lanewise.data.Scaling#ofBytes}); all other numbers become float32, or float64 where they are
 * to be exact. The labels, class numbers or texts, are a file of their own: the one that {@link
 * EntryOptions#labels()} names, else one beside the features that is called as they are with y for
 * x: {@code y_train.npy} for {@code X_train.npy}.
 */
public final class NpyFormat implements DatasetFormat {

  private static final String EXTENSION = ".npy";

  /** The format; it keeps nothing. */
  public NpyFormat() {}

  @Override
  public String name() {
    return "NPY";
  }

  @Override
  public boolean matches(Path file) {
    return NpyArray.isNpy(FileContent.start(file, NpyArray.magicBytes()));
  }

  /**
   * {@inheritDoc}
   *
   * <p>It refuses arrays of objects, which would take Python to read, and files that are shorter or
   * longer than their header says.
   */
  @Override
  public Dataset read(Path path, ReadOptions options) {
    String name = path.getFileName().toString();
    try (NpyArray features = NpyArray.read(FileContent.open(path), name)) {
      NumberArray array = features.numbers();
      array.checkFeatures();
      Optional<Path> labelFile = LabelFile.find(path, labelNames(name), options);
      Optional<Labels> labels =
          labelFile.flatMap(file -> labels(file, array.samples(), options.labelRules()));
      return new ArraySource(path, features.content(), array, features.offset(), features.order())
          .read(
              options,
              labels.map(Labels::numbers).orElse(null),
              labels.map(Labels::classNames).orElse(Schema.UNNAMED),
              new Origin(
                  path.toString(),
                  name(),
                  features.toString(),
                  labelFile.map(Path::toString).orElse("")));
    }
  }

  private static List<String> labelNames(String name) {
    int dot = name.indexOf(EXTENSION);
    if (dot < 0) {
      return List.of();
    }
    return ArrayNames.partners(name.substring(0, dot)).stream()
        .map(partner -> partner + name.substring(dot))
        .toList();
  }

  private static Optional<Labels> labels(Path path, int samples, LabelRules rules) {
    try (NpyArray array = NpyArray.read(FileContent.open(path), path.getFileName().toString())) {
      return array.labels(samples, rules, List.of());
    }
  }
}
