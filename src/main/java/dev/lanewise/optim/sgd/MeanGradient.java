// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.sgd;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;

/** The gradient of the smooth part of the cost as a batch sees it: g / samples + (l2 / n) w. */
final class MeanGradient {

  private final Kernels kernels;

  /** l2 / n, rounded to float once. */
  private final float squares;

  private int samples;

  MeanGradient(Kernels kernels, double squares) {
    this.kernels = kernels;
    this.squares = (float) squares;
  }

  void begin(int ofBatch) {
    samples = ofBatch;
  }

  /** Makes the mean of the sum, in its place. */
  void weights(FloatMatrix w, FloatMatrix g, int fromRow, int toRow) {
    kernels.scale(g, (float) (1.0 / samples), fromRow, toRow);
    if (squares != 0) {
      kernels.update(g, squares, w, fromRow, toRow);
    }
  }

  double bias(double errors) {
    return errors / samples;
  }
}
