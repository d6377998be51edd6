// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DatasetFormat;
import dev.lanewise.data.FeatureNames;
import dev.lanewise.data.Labels;
import dev.lanewise.data.Mapping;
import dev.lanewise.data.Origin;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.Schema;
import dev.lanewise.data.file.MappedFile;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.SampleMatrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Data sets in HDF5 files, the tutorial's among them.
 *
 * <p>Features are a numeric data set of two dimensions or more: samples first, the rest is one
 * sample and is flattened in C order. They are called {@code train_set_x} or {@code test_set_x} as
 * in the tutorial, {@code X}, {@code x}, {@code data}, {@code features} or {@code images}, or are
 * the only ones that can be meant. Bytes without a sign are pixels where a sample has two
 * dimensions or more, and become {@code value * PIXEL_FACTOR}; all other numbers stay as they are,
 * rounded to float32, or kept as float64 where they are to be exact.
 *
 * <p>Labels are as many whole numbers, of any type, or texts, which name their classes. They are
 * called as the features are, with y for x, or {@code y}, {@code Y}, {@code labels}, {@code label}
 * or {@code target}, or are the only ones that can be meant. Texts called {@code list_classes},
 * {@code classes}, {@code class_names} or {@code target_names} name the classes, which are called
 * by their numbers otherwise. Texts called {@code feature_names} name the features, each of them.
 *
 * <p>Arrays of MATLAB 7.3 and Octave are transposed, as their files have the dimensions the other
 * way round.
 */
public final class Hdf5Format implements DatasetFormat {

  private static final String MODEL = "lanewise-model";
  private static final String CHECKPOINT = "lanewise-checkpoint";

  /** The format; it keeps nothing. */
  public Hdf5Format() {}

  @Override
  public String name() {
    return "HDF5";
  }

  @Override
  public boolean matches(Path file) {
    try {
      return FileHeader.isAt(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>It refuses what {@link Hdf5File} refuses; models and checkpoints; names that can mean
   * several data sets; features that are not finite numbers in the range of float32; labels that
   * are no whole numbers, or not as many as there are samples.
   */
  @Override
  public Dataset read(Path path, ReadOptions options) {
    String source = path.toString();
    try (Hdf5File file = Hdf5File.open(path)) {
      return Guard.call(source, "the file", () -> read(file, source, options));
    }
  }

  private Dataset read(Hdf5File file, String source, ReadOptions options) {
    // The weights of a model, or of a run, would pass for features.
    String format = file.stringAttribute("format").orElse("");
    if (format.equals(MODEL) || format.equals(CHECKPOINT)) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "is a %s, expected a data set",
              format.equals(MODEL) ? "model" : "checkpoint"));
    }
    DatasetNames names = new DatasetNames(file, source, options);
    Hdf5Entry features = names.features();
    Elements numbers = file.numbers(features.name());
    FeatureReader reader = new FeatureReader(source, numbers, options.numbers().exact());
    Optional<Hdf5Entry> found = names.labels(features);
    List<String> classes = names.classes(features);
    Optional<FeatureNames> featureNames = names.featureNames(features, reader.shape().size());
    Optional<Labels> labels =
        found.flatMap(
            entry ->
                LabelReader.read(
                    file, source, entry, reader.samples(), classes, options.labelRules()));
    float[] weights =
        names
            .weights()
            .map(entry -> WeightReader.read(source, file.numbers(entry.name()), reader.samples()))
            .orElse(null);
    Origin origin =
        new Origin(source, name(), features.toString(), found.map(Hdf5Entry::toString).orElse(""));
    boolean mapped = isMapped(source, reader, file.isOnePiece(numbers), options.mapping());
    Arena arena = mapped ? file.mappedFile() : Arena.ofShared();
    SampleMatrix matrix;
    try {
      matrix = mapped ? reader.map((MappedFile) arena, file.offset(numbers)) : reader.read(arena);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
    Dataset read =
        new Dataset(
            arena,
            matrix,
            labels.map(Labels::numbers).orElse(null),
            labels.map(Labels::classNames).orElse(classes.isEmpty() ? Schema.UNNAMED : classes),
            reader.shape(),
            reader.scaling(),
            options.entries().weights().map(origin::withWeights).orElse(origin));
    Dataset data = featureNames.map(read::withFeatureNames).orElse(read);
    try {
      return weights == null ? data : data.withWeights(weights);
    } catch (DataException e) {
      data.close();
      throw e;
    }
  }

  private static boolean isMapped(
      String source, FeatureReader reader, boolean onePiece, Mapping choice) {
    if (choice == Mapping.NEVER) {
      return false;
    }
    Optional<String> problem = reader.unmappable(onePiece);
    if (choice == Mapping.ALWAYS && problem.isPresent()) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "the features cannot be mapped: %s, expected contiguous uint8 or float32 %s",
              problem.get(),
              ByteOrder.nativeOrder().toString().toLowerCase(Locale.ROOT)));
    }
    boolean wanted = choice != Mapping.AUTO || Memory.isLarge(reader.byteSize());
    return problem.isEmpty() && wanted;
  }
}
