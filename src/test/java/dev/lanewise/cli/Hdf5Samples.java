// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.nio.file.Path;

/** Small HDF5 files for the tests of the commands. */
final class Hdf5Samples {

  private Hdf5Samples() {}

  /** m samples of d float features, of which feature 0 tells the class. */
  static Path write(Path file, int m, int d) {
    float[] x = new float[m * d];
    long[] y = new long[m];
    for (int j = 0; j < m; j++) {
      y[j] = j % 2;
      for (int i = 0; i < d; i++) {
        x[j * d + i] = i == 0 ? (y[j] == 1 ? 1f : -1f) : (float) Math.sin(j * d + i);
      }
    }
    return write(file, x, d, y);
  }

  static Path write(Path file, float[] x, int d, long[] y) {
    Hdf5Writer.write(file, new Hdf5Content().float32("X", x, x.length / d, d).int64("y", y));
    return file;
  }
}
