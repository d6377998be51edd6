// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.FloatMatrix;
import java.util.Objects;

/**
 * Some samples of a data set that is read a part at a time.
 *
 * @param data the samples, which the listener neither keeps nor closes
 * @param first the number of the first of them in the whole
 * @param total how many samples the whole has
 */
public record DatasetPart(Dataset data, int first, int total) {

  private static final long MOST_BYTES = 1L << 23;
  private static final int MOST_SAMPLES = 1 << 16;

  /** A part. */
  public DatasetPart {
    Objects.requireNonNull(data, "data");
    Objects.checkFromIndexSize(first, data.samples(), total);
  }

  /**
   * Returns the number of samples of each part except the last: as many as take 8 MiB as floats.
   *
   * @param width d, the features of a sample
   * @return from 1 to 65536
   */
  public static int samplesAtOnce(int width) {
    return (int) Math.clamp(MOST_BYTES / FloatMatrix.byteSize(width, 1), 1L, MOST_SAMPLES);
  }
}
