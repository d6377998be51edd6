// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.ClassNames;
import dev.lanewise.data.Schema;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The title of a page: the names of the classes, if they have names. */
final class Headings {

  private Headings() {}

  /**
   * The heading of a page about samples.
   *
   * @param schema the samples
   * @param source where they come from, whose name is shown where classes are only numbered
   */
  static String of(Schema schema, String source) {
    if (schema.question().isPresent()) {
      return schema.question().get().toString();
    }
    List<String> names = schema.classNames();
    if (ClassNames.areNumbers(names)) {
      String file = source.replaceAll("[^/]*[/\\\\](?=.)", "");
      return String.format(Locale.ROOT, "%s: %d classes", isolated(file), names.size());
    }
    if (names.size() == 2) {
      return isolated(names.get(1)) + " or " + isolated(names.get(0)) + "?";
    }
    String first =
        names.stream().limit(5).map(Headings::isolated).collect(Collectors.joining(", "));
    return names.size() > 5 ? first + ", …" : first;
  }

  // A name that is written from right to left takes nothing else with it.
  static String isolated(String name) {
    return name.codePoints().allMatch(Headings::isPlain) ? name : "\u2068" + name + "\u2069";
  }

  private static boolean isPlain(int character) {
    return character >= ' ' && character < 0x7f;
  }
}
