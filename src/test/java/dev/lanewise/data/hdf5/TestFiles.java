// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.ReadOptions;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Files that the tests of this package read, and what they are expected to hold. */
final class TestFiles {

  private TestFiles() {}

  /** A file that h5py made; see README.md beside it. */
  static Path made(String name) {
    try {
      return Path.of(TestFiles.class.getResource("/hdf5/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One of the tutorial's own files, or the test is skipped. */
  static Path tutorial(String name) {
    String folder = System.getProperty("catvnoncat.dir", "");
    assumeTrue(
        !folder.isBlank(), "skipped: set -Dcatvnoncat.dir to the folder of the tutorial's files");
    Path file = Path.of(folder, name);
    assumeTrue(Files.isReadable(file), "skipped: there is no " + name + " in catvnoncat.dir");
    return file;
  }

  /** Refused with one line that begins with the file and says everything in {@code parts}. */
  static void assertRefused(Path file, ThrowingCallable call, String... parts) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(DataException.class);
    assertThat(thrown.getMessage()).startsWith(file + ": ").hasLineCount(1).contains(parts);
  }

  static Dataset read(Path file) {
    return new Hdf5Format().read(file, ReadOptions.labelled());
  }

  static Dataset read(Path file, String features, String labels) {
    return new Hdf5Format().read(file, ReadOptions.labelled().named(features, labels));
  }

  static Path write(Path file, Hdf5Content content) {
    Hdf5Writer.write(file, content);
    return file;
  }

  /** Everything in a data set, for comparing two of them. */
  static List<Object> everything(Dataset data) {
    List<Object> all = new ArrayList<>();
    for (int j = 0; j < data.samples(); j++) {
      for (float value : data.features().column(j)) {
        all.add(value);
      }
    }
    if (data.isLabelled()) {
      for (int label : data.labels()) {
        all.add(label);
      }
    }
    all.addAll(data.classNames());
    all.add(data.shape());
    all.add(data.scaling());
    return all;
  }
}
