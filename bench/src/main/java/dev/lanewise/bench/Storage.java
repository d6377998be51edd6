// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import dev.lanewise.data.Dataset;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the pixels of a problem lie in memory. */
public enum Storage {
  /** As scaled floats, four bytes a pixel. */
  FLOATS {
    @Override
    public Dataset dataset(Shape shape) {
      return Pixels.floats(shape);
    }
  },
  /** As they are, one byte a pixel. */
  BYTES {
    @Override
    public Dataset dataset(Shape shape) {
      return Pixels.bytes(shape);
    }
  },
  /** As bytes in a mapped file, which the operating system has in memory. */
  MAPPED_BYTES {
    @Override
    public Dataset dataset(Shape shape) {
      return Pixels.mappedBytes(shape);
    }
  },
  /** As scaled floats in a mapped file, which the operating system has in memory. */
  MAPPED_FLOATS {
    @Override
    public Dataset dataset(Shape shape) {
      return Pixels.mappedFloats(shape);
    }
  };

  /** The default of the benchmarks. */
  public static final String DEFAULT = "floats";

  /**
   * Reads the name of a storage.
   *
   * @param text as {@code mapped-bytes}
   * @return the storage
   */
  public static Storage of(String text) {
    for (Storage storage : values()) {
      if (storage.toString().equals(text)) {
        return storage;
      }
    }
    throw new IllegalArgumentException(
        Arrays.stream(values())
            .map(Storage::toString)
            .collect(Collectors.joining(" or ", "storage is ", ", not '" + text + "'")));
  }

  /**
   * The problem of a shape, the same pixels in every storage.
   *
   * @param shape its size
   * @return the data; the caller closes them
   */
  public abstract Dataset dataset(Shape shape);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
