// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** The tutorial's own files, which the project may not ship. */
public final class TutorialFiles {

  private static final String PROPERTY = "catvnoncat.dir";

  private TutorialFiles() {}

  public static Path train() {
    return file("train_catvnoncat.h5");
  }

  public static Path test() {
    return file("test_catvnoncat.h5");
  }

  private static Path file(String name) {
    String folder = System.getProperty(PROPERTY, "");
    assumeTrue(
        !folder.isEmpty(),
        "needs the tutorial's data: -D" + PROPERTY + "=FOLDER, see datasets/README.md");
    return Path.of(folder, name);
  }
}
