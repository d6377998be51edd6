// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The files that a command line names. One that is written must not be another that is read or
 * written: it would be replaced. Options that name a file to be written have the label {@value
 * #OUT}; {@code --checkpoint} has not, which replaces checkpoints alone.
 */
final class FilesOfCommand {

  static final String OUT = "OUT";

  private static final String NAME = "NAME";

  private FilesOfCommand() {}

  /** Whether an argument names a file to be written. */
  static boolean isOutput(ArgSpec argument) {
    return argument.paramLabel().equals(OUT);
  }

  private record Named(ArgSpec argument, Path path) {

    String name() {
      return argument.isOption() ? ((OptionSpec) argument).longestName() : argument.paramLabel();
    }

    boolean isOutput() {
      return FilesOfCommand.isOutput(argument);
    }
  }

  /**
   * Refuses a command line that writes to a file twice, or to one that it reads.
   *
   * @throws ParameterException names both options and the file
   */
  static void check(ParseResult parsed) {
    List<Named> named = named(parsed);
    for (int i = 0; i < named.size(); i++) {
      for (int j = 0; j < named.size(); j++) {
        Named output = named.get(i);
        Named other = named.get(j);
        boolean once = !other.isOutput() || i < j;
        if (i != j && output.isOutput() && once && clash(output, other)) {
          throw new ParameterException(
              parsed.commandSpec().commandLine(),
              String.format(
                  Locale.ROOT,
                  "%s and %s are the same file, '%s', which would be replaced; name another",
                  output.name(),
                  other.name(),
                  output.path()));
        }
      }
    }
  }

  private static List<Named> named(ParseResult parsed) {
    List<Named> named = new ArrayList<>();
    for (ArgSpec argument : parsed.matchedArgs()) {
      Object value = argument.getValue();
      if (value instanceof Path path) {
        named.add(new Named(argument, path));
      } else if (value instanceof String name && argument.paramLabel().equals(NAME)) {
        file(name).ifPresent(path -> named.add(new Named(argument, path)));
      } else if (value instanceof Collection<?> several) {
        several.stream()
            .filter(Path.class::isInstance)
            .forEach(path -> named.add(new Named(argument, (Path) path)));
      }
    }
    return named;
  }

  // What lies inside a file has a name, and of some formats it is a file: --labels of NPY and IDX.
  private static Optional<Path> file(String name) {
    try {
      return Optional.of(Path.of(name)).filter(Files::isRegularFile);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean clash(Named output, Named other) {
    // A model may go on in its own file, which is read before and to its end.
    boolean continued = output.name().equals("--model") && other.name().equals("--from");
    return !continued && isSame(output.path(), other.path());
  }

  // By what the operating system calls the same where both exist: through links of both kinds, and
  // on a file system that does not distinguish letters.
  private static boolean isSame(Path one, Path other) {
    try {
      if (Files.exists(one) && Files.exists(other)) {
        return Files.isSameFile(one, other);
      }
      return real(one).equals(real(other));
    } catch (IOException e) {
      // Whoever opens it says what is wrong.
      return false;
    }
  }

  private static Path real(Path path) throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    Path whole = path.toAbsolutePath().normalize();
    Path folder = whole.getParent();
    return folder != null && Files.exists(folder)
        ? folder.toRealPath().resolve(whole.getFileName())
        : whole;
  }
}
