// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.peers;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.DrawnCats;
import dev.lanewise.matrix.SampleMatrix;

/**
 * The drawn pictures that Lanewise carries, as many as the tutorial has and of the same size, as
 * floats in memory. Reading them needs the runnable jar on the class path.
 */
final class Drawn {

  private Drawn() {}

  static Dataset dataset() {
    try (Dataset pictures = DrawnCats.TRAIN.read()) {
      SampleMatrix pixels = pictures.features();
      float[][] samples = new float[pixels.columns()][pixels.rows()];
      for (int j = 0; j < samples.length; j++) {
        for (int i = 0; i < pixels.rows(); i++) {
          samples[j][i] = pixels.get(i, j);
        }
      }
      return Dataset.of(samples, pictures.labels());
    }
  }
}
