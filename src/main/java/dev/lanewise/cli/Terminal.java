// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Whether somebody watches standard error, and how wide their window is. */
final class Terminal {

  private static final int DEFAULT_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 20;

  private Terminal() {}

  static boolean isWatched() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    // Java's own question is about standard input and output; Linux can be asked about the error.
    Path standardError = Path.of("/proc/self/fd/2");
    if (Files.isSymbolicLink(standardError)) {
      try {
        String target = Files.readSymbolicLink(standardError).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      } catch (IOException e) {
        return false;
      }
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Whether help may have colours: never where NO_COLOR is set or the terminal knows none. */
  static Ansi colours(Map<String, String> environment) {
    String noColour = environment.get("NO_COLOR");
    boolean plain = noColour != null && !noColour.isEmpty();
    return plain || "dumb".equals(environment.get("TERM")) ? Ansi.OFF : Ansi.AUTO;
  }

  /** Whether what reads standard output can show more than ASCII. */
  static boolean showsBlocks() {
    return !"dumb".equals(System.getenv("TERM"))
        && System.out.charset().newEncoder().canEncode('\u2588');
  }

  static int columns() {
    String columns = System.getenv("COLUMNS");
    if (columns == null || !columns.matches("[0-9]{1,4}")) {
      return DEFAULT_COLUMNS;
    }
    return Math.max(FEWEST_COLUMNS, Integer.parseInt(columns));
  }
}
