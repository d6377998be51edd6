// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reduce;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.nn.Layout;
import java.io.Serializable;

/**
 * What a {@link Partial} holds.
 *
 * @param gradient the layout of sums in float32; null if there are none
 * @param doubles how many columns of sums in double there are, one sum a feature in each
 * @param features the length of each of these columns
 * @param numbers how many single sums in double there are
 * @param outputs how often a function of this shape probably uses each feature of a sample: the
 *     outputs of the first layer, or 1; of a network at least 2, since its first layer takes floats
 */
public record PartialShape(Layout gradient, int doubles, int features, int numbers, int outputs)
    implements Serializable {

  /** Nothing is summed. */
  public static final PartialShape EMPTY = new PartialShape(null, 0, 0, 0, 1);

  /**
   * Returns the shape of a gradient in float32, and of numbers.
   *
   * @param layout of the gradient
   * @param numbers how many numbers there are
   * @return the shape
   */
  public static PartialShape gradient(Layout layout, int numbers) {
    return new PartialShape(layout, 0, 0, numbers, outputs(layout));
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
    return new PartialShape(null, columns, features, numbers, 1);
  }

  /**
   * Returns the shape of numbers alone.
   *
   * @param numbers how many
   * @return the shape
   */
  public static PartialShape numbers(int numbers) {
    return new PartialShape(null, 0, 0, numbers, 1);
  }

  /**
   * Returns the shape of numbers alone, of a function that computes the outputs of layers.
   *
   * @param layout of the layers
   * @param numbers how many
   * @return the shape
   */
  public static PartialShape numbers(Layout layout, int numbers) {
    return new PartialShape(null, 0, 0, numbers, outputs(layout));
  }

  private static int outputs(Layout layout) {
    int outputs = layout.layers().getFirst().outputs();
    return layout.layers().size() > 1 ? Math.max(2, outputs) : outputs;
  }

  /**
   * Tells whether the gradient has hidden layers.
   *
   * @return false without a gradient
   */
  public boolean isNetwork() {
    return gradient != null && gradient.layers().size() > 1;
  }

  /**
   * Returns how many rows can be summed apart from each other: those of the gradient, {@link
   * Layout#rows}, or the features.
   *
   * @return a multiple of 16; 0 for numbers alone
   */
  public int rows() {
    if (gradient != null) {
      return gradient.rows();
    }
    return doubles == 0 ? 0 : (features + FloatMatrix.LANES - 1) & -FloatMatrix.LANES;
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
