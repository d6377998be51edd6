// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.hdf5;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A data set inside an HDF5 file, as the file describes it; its data have not been looked at.
 *
 * @param name its name, with the names of its groups and slashes before it if it is in one
 * @param dimensions its dimensions, the slowest first; none for a single value
 * @param type the type of its elements, for instance {@code uint8}, {@code float32 big-endian},
 *     {@code string of 7 bytes}
 * @param byteSize the bytes that its elements take, without compression
 */
public record Hdf5Entry(String name, List<Long> dimensions, String type, long byteSize) {

  /** An entry; the dimensions are copied. */
  public Hdf5Entry {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * The number of dimensions.
   *
   * @return 0 for a single value
   */
  public int rank() {
    return dimensions.size();
  }

  /**
   * The number of elements.
   *
   * @return the product of the dimensions, 1 if there are none
   */
  public long elements() {
    return dimensions.stream().reduce(1L, (left, right) -> left * right);
  }

  /** Name, dimensions and type, for instance {@code train_set_x (209, 64, 64, 3) uint8}. */
  @Override
  public String toString() {
    return dimensions.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "(", ")"))
        .transform(shape -> name + " " + shape + " " + type);
  }
}
