// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import dev.lanewise.data.DataException;
import dev.lanewise.data.array.NumberType;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Reads the weights of samples: numbers of any type, rounded to float32. */
final class WeightReader {

  private WeightReader() {}

  /**
   * Reads weights.
   *
   * @param source the file, for messages
   * @param weights the data set
   * @param samples how many there must be
   * @return the weight of each sample, whatever number that is
   * @throws DataException if there are more or fewer
   */
  static float[] read(String source, Elements weights, int samples) {
    Hdf5Entry entry = weights.entry();
    if (!LabelReader.isOneEach(entry, samples)) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT,
              "the weights %s do not fit %d samples, expected %d of them in one dimension",
              entry,
              samples,
              samples));
    }
    NumberType type = weights.type().number();
    ByteBuffer in = weights.run(0, samples);
    float[] values = new float[samples];
    for (int j = 0; j < samples; j++) {
      values[j] = type.floatAt(in, j);
    }
    return values;
  }
}
