// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What came through a pipe, in a temporary file: readers look at the beginning of a file before
 * they read it, and read text twice.
 */
final class PipedFile implements AutoCloseable {

  /** What stands for standard input on the command line. */
  private static final String STANDARD_INPUT = "-";

  private static final Set<String> ITS_FILES = Set.of("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

  private static final int KIND = 0170000;
  private static final int PIPE = 0010000;

  private final String name;
  private final Path file;

  private PipedFile(String name, Path file) {
    this.name = name;
    this.file = file;
  }

  /**
   * Whether a path stands for a pipe: {@code -} for standard input, a named pipe, or what a shell
   * puts in the place of a command.
   *
   * @param path any path
   * @return false for regular files and folders, and where there is nothing
   */
  static boolean isPipe(Path path) {
    return isStandardInput(path)
        || Files.exists(path)
            && !Files.isRegularFile(path)
            && !Files.isDirectory(path)
            && isNamedPipe(path);
  }

  private static boolean isStandardInput(Path path) {
    String text = path.toString();
    return text.equals(STANDARD_INPUT)
        || ITS_FILES.contains(text) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  private static boolean isNamedPipe(Path path) {
    try {
      return ((int) Files.getAttribute(path, "unix:mode") & KIND) == PIPE;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // No such thing on this system.
      return false;
    }
  }

  /**
   * Reads a pipe to its end.
   *
   * @param path a pipe
   * @return a temporary file, which is removed when this is closed
   * @throws DataException if it cannot be read, there is no room for it, or nothing came
   */
  static PipedFile read(Path path) {
    String name = isStandardInput(path) ? "standard input" : path.toString();
    Path file = null;
    try {
      PipedFile piped = create(name);
      file = piped.file;
      long size = isStandardInput(path) ? copy(System.in, file) : copy(path, file);
      if (size == 0) {
        piped.close();
        throw new DataException(
            name, "is a pipe that nothing came through, expected samples; it can be read once");
      }
      return piped;
    } catch (IOException e) {
      delete(file);
      throw new DataException(
          name,
          "cannot be read into a temporary file (java.io.tmpdir says where): " + e.getMessage(),
          e);
    }
  }

  /**
   * Makes an empty temporary file.
   *
   * @param name what its content is called in messages
   * @throws IOException if it cannot be made
   */
  static PipedFile create(String name) throws IOException {
    Path file = Files.createTempFile("lanewise", ".piped");
    // Where the process is ended while it waits.
    file.toFile().deleteOnExit();
    return new PipedFile(name, file);
  }

  private static long copy(Path pipe, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(pipe)) {
      return copy(in, file);
    }
  }

  private static long copy(InputStream in, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      return in.transferTo(out);
    }
  }

  /** The temporary file. */
  Path file() {
    return file;
  }

  /** What the pipe is called. */
  String name() {
    return name;
  }

  /** Options for the temporary file, which is gone after it has been read. */
  ReadOptions options(ReadOptions options) {
    if (options.mapping() == Mapping.ALWAYS) {
      throw new DataException(name, "the features cannot be mapped: they come through a pipe");
    }
    ReadOptions copied = options.mapped(Mapping.NEVER).noting(named(options.notices().noted()));
    return options
        .notices()
        .skipped()
        .map(skipped -> copied.skipping(named(skipped)))
        .orElse(copied);
  }

  private Consumer<String> named(Consumer<String> listener) {
    return line -> listener.accept(named(line));
  }

  private String named(String line) {
    return line.replace(file.toString(), name);
  }

  /**
   * Does work on the temporary file.
   *
   * @throws DataException as the work, but under the name of the pipe
   */
  <T> T reading(Supplier<T> work) {
    try {
      return work.get();
    } catch (DataException e) {
      String problem = named(e.getMessage());
      String prefix = name + ": ";
      throw new DataException(
          name, problem.startsWith(prefix) ? problem.substring(prefix.length()) : problem, e);
    }
  }

  @Override
  public void close() {
    delete(file);
  }

  private static void delete(Path file) {
    if (file != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.delete(file);
      } catch (IOException e) {
        // The end of the process removes it.
      }
    }
  }
}
