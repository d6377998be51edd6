// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.file;

import java.util.Locale;
import java.util.Optional;

/**
 * Names of files as Java knows them: text, decoded by the locale's encoding. Bytes that are no text
 * in it become U+FFFD, so that names that differ may look the same.
 */
public final class NameEncoding {

  private static final char LOST = '\ufffd';

  private NameEncoding() {}

  /**
   * What is wrong with a name that came from the operating system.
   *
   * @param name the name of a file or a folder, or an argument of the command line
   * @return what is wrong and what to do, or empty if the name was decoded
   */
  public static Optional<String> problemOf(String name) {
    if (name.indexOf(LOST) < 0) {
      return Optional.empty();
    }
    String encoding = System.getProperty("sun.jnu.encoding", "");
    return Optional.of(
        encoding.equals("UTF-8")
            ? "its name has bytes that are not UTF-8; rename it"
            : String.format(
                Locale.ROOT,
                "its name has bytes that are no text in the locale's encoding, %s; set"
                    + " LC_ALL=C.UTF-8 where Java is started, as ./lanewise does",
                encoding));
  }
}
