// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Jazzer calls with the inputs that it makes up: the input is a file of the kind that the
 * system property {@code lanewise.fuzz.file} names, and reading it must end as it should.
 */
public final class FuzzTarget {

  private static Path file;

  private FuzzTarget() {}

  /** Called once. Classes are loaded, and changed by Jazzer, before the clock runs. */
  public static void fuzzerInitialize() throws IOException {
    file =
        Files.createTempDirectory("lanewise-fuzz")
            .resolve(System.getProperty("lanewise.fuzz.file"));
    Path first = file.resolveSibling("first");
    for (String name :
        List.of(
            "/hostile/seeds/old.hdf5",
            "/hostile/seeds/dense.hdf5",
            "/hostile/seeds/X.npy",
            "/hostile/seeds/stored.npz",
            "/hostile/corpus/read/quotes.csv",
            "/hostile/corpus/read/comments.svm",
            "/hostile/corpus/refused/negative-sizes.idx",
            "/model/unsealed1.hdf5",
            "/pictures/colour.png",
            "/pictures/grey.jpg",
            "/pictures/grey.gif",
            "/pictures/grey.bmp",
            "/pictures/lossless.webp")) {
      Seed.store(first, Seeds.resource(name));
      Trial.of(first, List.of("--strict"));
    }
  }

  /** Called with each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    Seed.store(file, input);
    Trial trial = Trial.of(file, List.of("--strict"));
    if (trial.end() == Trial.End.BROKEN) {
      throw new AssertionError(trial.said());
    }
  }
}
