package dev.lanewise.data.npy;

import dev.lanewise.data.ClassNames;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.SampleKind;
import dev.lanewise.data.array.ArraySource;
import dev.lanewise.data.array.NumberArray;
import dev.lanewise.data.file.FileContent;
import dev.lanewise.data.file.ZipContent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
        Optional<Labels> labels = labelsName.map(name -> labels(names, name, array.samples()));
        List<String> classes = classes(names, source);
        Optional<FeatureNames> featureNames = names.featureNames(array.shape().size());
        Dataset read =
            new ArraySource(path, features.content(), array, features.offset(), features.order())
                .read(
                    options,
                    labels.map(Labels::numbers).orElse(null),
                    classNames(labels, classes),
                    new Origin(source, name(), features.toString(), labelsName.orElse("")));
        return featureNames.map(read::withFeatureNames).orElse(read);
      }
    }
  }

  // Labels that are texts name their classes themselves.
  private static List<String> classNames(Optional<Labels> labels, List<String> classes) {
    List<String> found = labels.map(Labels::classNames).orElse(SampleKind.UNNAMED);
    return classes.isEmpty() || !ClassNames.areNumbers(found) ? found : classes;
  }

  private static Labels labels(NpzNames names, String name, int samples) {
    try (NpyArray array = names.open(name)) {
      return array.labels(samples);
    }
  }

  private static List<String> classes(NpzNames names, String source) {
    Optional<String> name = names.classes();
    if (name.isEmpty()) {
      return List.of();
    }
    try (NpyArray array = names.open(name.get())) {
      List<String> classes = array.isText() ? array.texts() : List.of();
      if (classes.size() == 1) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT, "array '%s' names 1 class, expected at least 2 names", name.get()));
      }
      return classes;
    }
  }
}
