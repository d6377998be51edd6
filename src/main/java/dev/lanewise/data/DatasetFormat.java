// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A file format that data sets are read from; implementations are found as services. */
public interface DatasetFormat {

  /**
   * The name of the format for people.
   *
   * @return for instance {@code HDF5}
   */
  String name();

  /**
   * Whether a data set of this format may be a folder.
   *
   * @return true if {@link #matches} is to be asked about folders too
   */
  default boolean readsFolders() {
    return false;
  }

  /**
   * Whether a file is of this format, judged by its content and not by its name.
   *
   * @param file a readable regular file, or a folder where {@link #readsFolders} says so
   * @return true if {@link #read} should be tried
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  boolean matches(Path file);

  /**
   * Whether a file is of this format; options may decide if its content is ambiguous.
   *
   * @param file as for {@link #matches(Path)}
   * @param options what is to be read of it
   * @return true if {@link #read} should be tried
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  default boolean matches(Path file, ReadOptions options) {
    return matches(file);
  }

  /**
   * The options about the layout of text that are given although the format is not text.
   *
   * @param text the options that were given
   * @return for instance {@code --separator}; empty if the format uses all of them
   */
  default List<String> unused(TextOptions text) {
    return text.given();
  }

  /**
   * Whether a file of this format is a table, whose columns have roles.
   *
   * @return true if the reader uses {@link ReadOptions#tables()}
   */
  default boolean readsTables() {
    return false;
  }

  /**
   * Reads a data set whole.
   *
   * @param file the file
   * @param options what to look for in it
   * @return the data set; the caller closes it
   * @throws DataException if the file is damaged or does not hold what was asked for
   */
  Dataset read(Path file, ReadOptions options);

  /**
   * Reads a data set a part at a time, samples in their order. Errors that can be found by reading
   * the whole file are reported before the first part is passed to the listener.
   *
   * <p>By default the whole file is read into memory, or mapped, first.
   *
   * @param file the file
   * @param options what to look for in it; parts may come without labels unless it wants them
   * @param listener is given each part, which is closed when it returns
   * @throws DataException as {@link #read}
   */
  default void readInParts(Path file, ReadOptions options, Consumer<DatasetPart> listener) {
    try (Dataset whole = read(file, options)) {
      int most = DatasetPart.samplesAtOnce(whole.width());
      for (int from = 0, to; from < whole.samples(); from = to) {
        to = Math.min(whole.samples() - from, most) + from;
        listener.accept(new DatasetPart(whole.part(from, to), from, whole.samples()));
      }
    }
  }
}
