// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.FloatMatrix;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Some samples of a data set that is read a part at a time.
 *
 * @param data the samples, which the listener neither keeps nor closes
 * @param first the number of the first of them in the whole
 * @param total how many samples the whole has
 * @param files the file of each of these samples, if each is a file of its own, as the pictures of
 *     a folder are; else empty
 */
public record DatasetPart(Dataset data, int first, int total, List<Path> files) {

  private static final long MOST_BYTES = 1L << 23;
  private static final int MOST_SAMPLES = 1 << 16;

  /** A part. */
  public DatasetPart {
    Objects.requireNonNull(data, "data");
    Objects.checkFromIndexSize(first, data.samples(), total);
    files = List.copyOf(files);
    if (!files.isEmpty() && files.size() != data.samples()) {
      throw new IllegalArgumentException(files.size() + " files of " + data.samples() + " samples");
    }
  }

  /**
   * A part of a file.
   *
   * @param data the samples, which the listener neither keeps nor closes
   * @param first the number of the first of them in the whole
   * @param total how many samples the whole has
   */
  public DatasetPart(Dataset data, int first, int total) {
    this(data, first, total, List.of());
  }

  /** The same part with other data of the same samples. */
  DatasetPart with(Dataset other) {
    return new DatasetPart(other, first, total, files);
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
