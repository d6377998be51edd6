// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The data set that the program carries with it: drawn pictures of cats and of other things, so
 * that the first training needs no download.
 */
public enum DrawnCats {
  /** 209 pictures to learn from. */
  TRAIN("drawn-cats-train.h5"),
  /** 50 pictures to be tested on. */
  TEST("drawn-cats-test.h5");

  private final String file;

  DrawnCats(String file) {
    this.file = file;
  }

  /**
   * The name of the file in the project's {@code datasets} folder.
   *
   * @return a file name
   */
  public String file() {
    return file;
  }

  /**
   * Reads the pictures.
   *
   * @return the data set; the caller closes it
   * @throws DataException if there is no room for a temporary copy
   */
  public Dataset read() {
    return read(NumberOptions.USUAL);
  }

  /**
   * Reads the pictures.
   *
   * @param numbers how pixels become features
   * @return the data set; the caller closes it
   * @throws DataException as {@link #read()}
   */
  public Dataset read(NumberOptions numbers) {
    String name = file + " (bundled)";
    try {
      // Readers need a file to map, and a resource of a jar is none.
      Path copy = Files.createTempFile("lanewise-", ".h5");
      try {
        try (InputStream in =
            DrawnCats.class.getResourceAsStream("/dev/lanewise/datasets/" + file)) {
          Files.write(copy, in.readAllBytes());
        }
        return Datasets.read(copy, ReadOptions.labelled().with(numbers)).named(name);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new DataException(name, "cannot be unpacked to a temporary file: " + e, e);
    }
  }
}
