package dev.lanewise.data;

import java.nio.file.Path;

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
   * Reads a data set whole.
   *
   * @param file the file
   * @param options what to look for in it
   * @return the data set; the caller closes it
   * @throws DataException if the file is damaged or does not hold what was asked for
   */
  Dataset read(Path file, ReadOptions options);
}
