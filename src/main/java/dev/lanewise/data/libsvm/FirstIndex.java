// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.libsvm;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Numbering;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.file.TextContent;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether indices are from 0 or from 1.
 *
 * @param known the first index where it is known before the file is read; empty where its lowest
 *     index decides
 * @param reason where it is known from, for messages
 */
record FirstIndex(OptionalInt known, String reason) {

  // As scikit-learn's dump_svmlight_file writes it.
  private static final Pattern COMMENT =
      Pattern.compile("^#.*indices are (zero|one)-based", Pattern.MULTILINE);

  private static final int LOOKED_AT = 1 << 12;

  /**
   * What is known of a file: by the options, by the data that a model learned from, by the file.
   */
  static FirstIndex of(Path file, ReadOptions options) {
    if (options.text().firstIndex().isPresent()) {
      return new FirstIndex(options.text().firstIndex(), "--first-index says");
    }
    OptionalInt learned =
        options.wanted().numbering().map(Numbering::firstIndex).orElse(OptionalInt.empty());
    if (learned.isPresent()) {
      return new FirstIndex(learned, "in the data learned from");
    }
    Matcher comment = COMMENT.matcher(TextContent.start(file, LOOKED_AT).text());
    return comment.find()
        ? new FirstIndex(
            OptionalInt.of(comment.group(1).equals("zero") ? 0 : 1), "a comment in it says")
        : new FirstIndex(OptionalInt.empty(), "");
  }

  /**
   * Refuses an index below the first.
   *
   * @throws DataException if it is
   */
  void check(String source, int index, long line) {
    if (known.isPresent() && index < known.getAsInt()) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "line %d: index %d, expected indices from 1, as %s; if this file counts from 0 say --first-index 0",
              line,
              index,
              reason));
    }
  }

  /**
   * The index of the first feature.
   *
   * @param lowest the lowest index in the file
   * @param highest the highest, or -1 if it has none
   * @param expected how many features a model has, or 0
   * @param noted is told what was found out
   * @return 0 or 1
   */
  int decide(String source, int lowest, int highest, int expected, Consumer<String> noted) {
    if (known.isPresent()) {
      return known.getAsInt();
    }
    if (lowest == 0) {
      noted.accept(source + ": it has an index 0: features are counted from 0");
      return 0;
    }
    if (highest >= 0 && highest < expected) {
      noted.accept(
          source
              + ": it has no index 0: features are counted from 1; if they are from 0 say"
              + " --first-index 0");
    }
    return 1;
  }
}
