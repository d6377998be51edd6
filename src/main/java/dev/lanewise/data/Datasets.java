// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.Memory;
import dev.lanewise.matrix.SampleMatrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads data sets from files, whatever their format. */
public final class Datasets {

  private Datasets() {}

  /**
   * Reads a file or a folder, its format found by its content.
   *
   * @param file the file; a pipe, or {@code -} for standard input, is read to its end into a
   *     temporary file first
   * @param options what to look for in it
   * @return the data set; the caller closes it
   * @throws DataException if there is no such file, it is of no known format, it is damaged, or it
   *     does not hold what was asked for
   */
  public static Dataset read(Path file, ReadOptions options) {
    try (SampleFile opened = SampleFile.open(file)) {
      return opened.read(options);
    }
  }

  /**
   * Reads the rows of a query as a table: with {@link
   * dev.lanewise.data.table.TableOptions#AUTOMATIC}, columns have the roles that their values
   * suggest, texts are categories, and NULL is a missing cell. The rows go through a temporary
   * file.
   *
   * @param rows the rows from the next one to the last; the caller closes it
   * @param options as for a file of comma-separated values; columns have the names that the
   *     database gives them, often in capitals
   * @return the data set; the caller closes it
   * @throws java.sql.SQLException if the database fails
   * @throws DataException as {@link #read}, or if a column has values that are no numbers, texts or
   *     booleans
   */
  public static Dataset of(ResultSet rows, ReadOptions options) throws SQLException {
    return QueryTable.read(rows, options);
  }

  /** Whether a file is a table; false if there is none, or it cannot be read. */
  static boolean isTable(Path file, ReadOptions options) {
    try {
      return Files.isRegularFile(file)
          && ForeignFile.problem(file).isEmpty()
          && formats().stream()
              .map(ServiceLoader.Provider::get)
              .filter(format -> format.matches(file, options))
              .findFirst()
              .filter(DatasetFormat::readsTables)
              .isPresent();
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static ServiceLoader<DatasetFormat> formats() {
    return ServiceLoader.load(DatasetFormat.class, Datasets.class.getClassLoader());
  }

  static Dataset readFile(Path file, ReadOptions options) {
    DatasetFormat format = formatOf(file, options);
    if (options.entries().classFromName() && !Files.isDirectory(file)) {
      throw new DataException(
          file.toString(),
          "is not a folder, expected one of pictures whose names tell their classes"
              + " (--class-from-name)");
    }
    FileStamp before = stamp(file);
    Dataset data = guarded(file, () -> format.read(file, options));
    try {
      before.requireUnchanged(file);
    } catch (DataException e) {
      data.close();
      throw e;
    }
    return inClasses(scaled(withWhatWasAskedFor(data, format, options), file, options), options);
  }

  // Numbers in a mapped file cannot be scaled: they are read again, into memory.
  private static Dataset scaled(Dataset data, Path file, ReadOptions options) {
    try {
      Scaling wanted = wanted(data, options);
      boolean unscalable = wanted == Scaling.LEVELS && data.features() instanceof MappedMatrix;
      if (!unscalable) {
        return data.scaledAs(wanted);
      }
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
    data.close();
    if (options.mapping() == Mapping.ALWAYS) {
      throw new DataException(
          file.toString(),
          "the features cannot be mapped: they are multiplied by 1/255, and are no unsigned bytes");
    }
    return read(file, options.mapped(Mapping.NEVER));
  }

  private static Scaling wanted(Dataset data, ReadOptions options) {
    SampleMatrix x = data.features();
    boolean bytes = x instanceof ByteMatrix || x instanceof MappedMatrix mapped && mapped.isBytes();
    return options.numbers().scaling(data.scaling(), bytes);
  }

  /**
   * Reads a file or a folder a part at a time, its format found by its content, for work that takes
   * each sample once. Text (CSV, LIBSVM) is never whole in memory; all else is mapped where it can
   * be, or read whole.
   *
   * <p>What is wrong with the file is found before the first part is told: text is read twice.
   *
   * @param file the file, or a pipe as for {@link #read}
   * @param options what to look for in it; no weights, and labels not to be relied on
   * @param listener is given each part in order, which is closed when it returns
   * @throws DataException as {@link #read}
   */
  public static void readInParts(Path file, ReadOptions options, Consumer<DatasetPart> listener) {
    if (options.entries().labelsRequired() || options.entries().weights().isPresent()) {
      throw new IllegalArgumentException("parts have no labels and no weights");
    }
    if (!PipedFile.isPipe(file)) {
      readFileInParts(file, options, listener);
      return;
    }
    try (PipedFile piped = PipedFile.read(file)) {
      piped.reading(
          () -> {
            readFileInParts(
                piped.file(),
                piped.options(options),
                part -> listener.accept(part.with(part.data().named(piped.name()))));
            return null;
          });
    }
  }

  private static void readFileInParts(
      Path file, ReadOptions options, Consumer<DatasetPart> listener) {
    boolean free = options.mapping() == Mapping.AUTO;
    boolean scales = options.numbers().mayScaleNumbers();
    ReadOptions once =
        free ? options.mapped(scales ? Mapping.NEVER : Mapping.WHERE_POSSIBLE) : options;
    DatasetFormat format = formatOf(file, options);
    FileStamp before = stamp(file);
    guarded(
        file,
        () -> {
          format.readInParts(file, once, part -> listener.accept(scaled(part, options)));
          return null;
        });
    before.requireUnchanged(file);
  }

  // A file may be opened more than once: for its header, for its rows, for parts of it.
  private static FileStamp stamp(Path file) {
    try {
      return FileStamp.of(file);
    } catch (IOException e) {
      throw DataException.unreadable(file.toString(), e);
    }
  }

  private static DatasetPart scaled(DatasetPart part, ReadOptions options) {
    Dataset data = part.data();
    return part.with(data.scaledAs(wanted(data, options)));
  }

  private static DatasetFormat formatOf(Path file, ReadOptions options) {
    if (!Files.exists(file)) {
      throw new DataException(file.toString(), "no such file");
    }
    boolean folder = Files.isDirectory(file);
    if (!folder && !Files.isRegularFile(file)) {
      throw new DataException(
          file.toString(), "is a device or a socket, expected a file, a folder or a pipe");
    }
    if (!folder) {
      opening(file, () -> ForeignFile.problem(file))
          .ifPresent(
              problem -> {
                throw new DataException(file.toString(), problem);
              });
    }
    ServiceLoader<DatasetFormat> formats = formats();
    for (DatasetFormat format : formats) {
      if ((!folder || format.readsFolders())
          && opening(file, () -> format.matches(file, options))) {
        refuseUnused(file, format, options);
        return format;
      }
    }
    String known =
        formats.stream().map(provider -> provider.get().name()).collect(Collectors.joining(", "));
    throw new DataException(
        file.toString(),
        folder
            ? "is a folder of a kind that is not known, expected one of pictures"
            : opening(file, () -> ForeignFile.unknown(file, known)));
  }

  // A model, or the data learned from, have said already which features there are.
  private static void refuseUnused(Path file, DatasetFormat format, ReadOptions options) {
    List<String> unused = new ArrayList<>(format.unused(options.text()));
    if (!format.readsTables()) {
      unused.addAll(options.tables().given());
    }
    boolean known =
        options.wanted().names().isPresent() || options.wanted().numbering().isPresent();
    if (!unused.isEmpty() && !known) {
      throw new DataException(
          file.toString(),
          String.format(
              Locale.ROOT, "is %s, which %s is not for", format.name(), unused.getFirst()));
    }
  }

  // What a small file can make a reader ask for is a property of the file.
  private static <T> T guarded(Path file, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (OutOfMemoryError e) {
      throw new DataException(
          file.toString(), Memory.noMoreHeap("its content", file.toFile().length()), e);
    } catch (StackOverflowError e) {
      throw new DataException(file.toString(), "is damaged: it is nested too deeply", e);
    }
  }

  // A format that knows no weights must not be trained on as if none had been asked for.
  private static Dataset withWhatWasAskedFor(
      Dataset data, DatasetFormat format, ReadOptions options) {
    if (options.entries().weights().isPresent() && data.weights().isEmpty()) {
      data.close();
      throw new DataException(
          data.origin().source(),
          String.format(
              Locale.ROOT,
              "no weights '%s' can be read from %s; keep them in HDF5, or as a column of CSV",
              options.entries().weights().get(),
              format.name()));
    }
    return data;
  }

  // The samples that have labels, their classes under the names that were asked for.
  private static Dataset inClasses(Dataset read, ReadOptions options) {
    Dataset data = read;
    try {
      data = read.withoutMissingLabels();
      if (data != read) {
        String line =
            String.format(
                Locale.ROOT,
                "%s: %d of %d samples have no label; left out",
                read.origin().source(),
                read.samples() - data.samples(),
                read.samples());
        read.close();
        options.notices().noted().accept(line);
      }
      Optional<List<String>> names = options.labelRules().classNames();
      return names.isPresent() ? data.withNumbersCalled(names.get()) : data;
    } catch (RuntimeException | Error e) {
      data.close();
      throw e;
    }
  }

  private static <T> T opening(Path file, Supplier<T> look) {
    try {
      return look.get();
    } catch (UncheckedIOException e) {
      throw DataException.unreadable(file.toString(), e.getCause());
    }
  }
}
