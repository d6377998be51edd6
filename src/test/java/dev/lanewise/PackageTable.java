// SPDX-License-Identifier: Apache-2.0
package dev.lanewise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of packages in {@code docs/architecture.md}: what each may import. */
final class PackageTable {

  /** The package that has no classes but the description of the module. */
  static final String ROOT = "";

  private static final String PREFIX = "dev.lanewise";
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9.]+)` \\| .* \\| ([^|]*) \\|", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`([a-z0-9.]+)`");

  private PackageTable() {}

  /** The names of the packages, in the order of the table, each with those that it may import. */
  static Map<String, Set<String>> read() {
    String page;
    try {
      page = Files.readString(Path.of("docs/architecture.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int from = page.indexOf("## Packages and what they may import");
    String section = page.substring(from, page.indexOf("\n## ", from));
    Map<String, Set<String>> allowed = new LinkedHashMap<>();
    Matcher rows = ROW.matcher(section);
    while (rows.find()) {
      Set<String> names =
          NAME.matcher(rows.group(2))
              .results()
              .map(name -> name.group(1))
              .collect(Collectors.toSet());
      if (allowed.put(rows.group(1), names) != null) {
        throw new AssertionError("two rows for " + rows.group(1));
      }
    }
    return allowed;
  }

  /** Whether a package is one of the project. */
  static boolean isOurs(String packageName) {
    return packageName.equals(PREFIX) || packageName.startsWith(PREFIX + ".");
  }

  /** The name of a package as the table has it. */
  static String name(String packageName) {
    return packageName.equals(PREFIX) ? ROOT : packageName.substring(PREFIX.length() + 1);
  }
}
