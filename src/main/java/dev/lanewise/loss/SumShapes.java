// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.nn.Layout;
import dev.lanewise.reduce.PartialShape;

/** The shapes of the sums of {@link SampleSums}. */
public final class SumShapes {

  private SumShapes() {}

  /**
   * Returns the shape of {@link SampleSums#gradient}.
   *
   * @param layout of the parameters
   * @return a gradient, the summed errors of all units, and the losses
   */
  public static PartialShape gradient(Layout layout) {
    return PartialShape.gradient(layout, layout.units() + 1);
  }

  /**
   * Returns the shape of {@link SampleSums#cost}.
   *
   * @param layout of the parameters
   * @return a number for each unit, and the losses
   */
  public static PartialShape cost(Layout layout) {
    int numbers = layout.units() + 1;
    return layout.layers().size() == 1
        ? PartialShape.numbers(numbers)
        : PartialShape.numbers(layout, numbers);
  }

  /**
   * Returns the shape of {@link SampleSums#border}.
   *
   * @param features d
   * @return a gradient of one output, and a number
   */
  public static PartialShape border(int features) {
    return PartialShape.gradient(Layout.dense(features, 1), 1);
  }

  /**
   * Returns the shape of {@link SampleSums#coupling}.
   *
   * @param outputs K
   * @return K x K numbers
   */
  public static PartialShape coupling(int outputs) {
    return PartialShape.numbers(outputs * outputs);
  }

  /**
   * Returns the shape of {@link SampleSums#exactGradient}.
   *
   * @param features d
   * @param outputs K
   * @return K columns of doubles, the errors of each output, and the losses
   */
  public static PartialShape exact(int features, int outputs) {
    return PartialShape.doubles(outputs, features, outputs + 1);
  }

  /**
   * Returns the shape of {@link ScaleSums}.
   *
   * @param features d
   * @return sums and squares of each feature, and the sum of sample weights
   */
  public static PartialShape scales(int features) {
    return PartialShape.doubles(2, features, 1);
  }
}
