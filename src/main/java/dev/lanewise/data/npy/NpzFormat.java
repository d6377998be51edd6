// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.npy;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Schema;
import dev.lanewise.data.array.ArraySource;
import dev.lanewise.data.array.NumberArray;
import dev.lanewise.data.file.FileContent;
import dev.lanewise.data.file.ZipContent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * NPZ, the archive of arrays that {@code numpy.savez} writes, compressed or not.
 *
 * <p>Features, labels and the names of the classes and of the features are arrays in it, found by
 * their names as in HDF5, and of the types that {@link NpyFormat} reads.
 */
public final class NpzFormat implements DatasetFormat {

  private static final int MAGIC_BYTES = 4;

  /** The format; it keeps nothing. */
  public NpzFormat() {}

  @Override
  public String name() {
    return "NPZ";
  }

  @Override
  public boolean matches(Path file) {
    return ZipContent.isZip(FileContent.start(file, MAGIC_BYTES));
  }

  /**
   * {@inheritDoc}
   *
   * <p>It refuses archives without arrays, names that can mean several arrays, arrays of objects,
   * and arrays that are shorter or longer than their header says.
   */
  @Override
  public Dataset read(Path path, ReadOptions options) {
    String source = path.toString();
    try (ZipContent archive = ZipContent.open(path)) {
      NpzNames names = new NpzNames(archive, source, options);
      String featuresName = names.features();
      try (NpyArray features = names.open(featuresName)) {
        NumberArray array = features.numbers();
        array.checkFeatures();
        Optional<String> labelsName = names.labels(featuresName);
        List<String> classes = classes(names);
        Optional<Labels> labels =
            labelsName.flatMap(
                name -> labels(names, name, array.samples(), options.labelRules(), classes));
        Optional<FeatureNames> featureNames = names.featureNames(array.shape().size());
        Dataset read =
            new ArraySource(path, features.content(), array, features.offset(), features.order())
                .read(
                    options,
                    labels.map(Labels::numbers).orElse(null),
                    labels.map(Labels::classNames).orElse(Schema.UNNAMED),
                    new Origin(source, name(), features.toString(), labelsName.orElse("")));
        return featureNames.map(read::withFeatureNames).orElse(read);
      }
    }
  }

  private static Optional<Labels> labels(
      NpzNames names, String name, int samples, LabelRules rules, List<String> classes) {
    try (NpyArray array = names.open(name)) {
      return array.labels(samples, rules, classes);
    }
  }

  private static List<String> classes(NpzNames names) {
    Optional<String> name = names.classes();
    if (name.isEmpty()) {
      return List.of();
    }
    try (NpyArray array = names.open(name.get())) {
      return array.isText() ? array.texts() : List.of();
    }
  }
}
