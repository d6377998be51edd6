// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The class of a picture, where the name of its file tells it: {@code cat.0.jpg}, {@code cat-1}.
 */
final class ClassInName {

  // A class, a number and an ending. A class that ends with a digit is set off from the number.
  private static final Pattern NAME =
      Pattern.compile(
          "(?:(.+?)(?:[ ._-]+\\(?|\\()|(.*[^\\d ._(-]))\\d+\\)?(?:\\.\\w*[A-Za-z]\\w*)?",
          Pattern.UNICODE_CHARACTER_CLASS);

  private ClassInName() {}

  /** What stands before the number at the end of the name; empty if there is no number. */
  static Optional<String> of(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return Optional.empty();
    }
    return Optional.of(name.group(1) == null ? name.group(2) : name.group(1));
  }
}
