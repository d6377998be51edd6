// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reduce;

import dev.lanewise.nn.Layout;
import java.io.Serializable;

/**
 * What a {@link Partial} holds.
 *
 * @param gradient the layout of sums in float32; null if there are none
 * @param doubles how many columns of sums in double there are, one sum a feature in each
 * @param features the length of each of these columns
 * @param numbers how many single sums in double there are
 */
public record PartialShape(Layout gradient, int doubles, int features, int numbers)
    implements Serializable {

  /** Nothing is summed. */
  public static final PartialShape EMPTY = new PartialShape(null, 0, 0, 0);

  /**
   * Returns the shape of a gradient in float32, and of numbers.
   *
   * @param layout of the gradient
   * @param numbers how many numbers there are
   * @return the shape
   */
  public static PartialShape gradient(Layout layout, int numbers) {
    return new PartialShape(layout, 0, 0, numbers);
  }

  /**
   * Returns the shape of columns in double, and of numbers.
   *
   * @param columns how many columns
   * @param features the length of each
   * @param numbers how many numbers there are
   * @return the shape
   */
  public static PartialShape doubles(int columns, int features, int numbers) {
    return new PartialShape(null, columns, features, numbers);
  }

  /**
   * Returns the shape of numbers alone.
   *
   * @param numbers how many
   * @return the shape
   */
  public static PartialShape numbers(int numbers) {
    return new PartialShape(null, 0, 0, numbers);
  }

  /**
   * Returns how many outputs a function of this shape probably computes from the features.
   *
   * @return the outputs of the gradient's first layer; 1 without a gradient
   */
  public int outputs() {
    return gradient == null ? 1 : gradient.layers().getFirst().outputs();
  }

  /**
   * Tells whether anything is summed for each feature.
   *
   * @return false for numbers alone
   */
  public boolean hasFeatures() {
    return gradient != null || doubles > 0;
  }
}
