// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.sgd;

import dev.lanewise.checkpoint.State;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;

/** Equations (8) and (9) on a batch: w := (1 - alpha l2 / n) w - alpha dw. */
final class PlainStep implements OptimizerStep {

  private final Kernels kernels;

  /** l2 / n and l1 / n. */
  private final double squares;

  private final double sizes;

  private double perSample;
  private float step;
  private float shrink;
  private float threshold;

  PlainStep(Kernels kernels, double squares, double sizes) {
    this.kernels = kernels;
    this.squares = squares;
    this.sizes = sizes;
  }

  @Override
  public void begin(double rate, int samples) {
    perSample = -rate / samples;
    step = (float) perSample;
    shrink = (float) (1 - rate * squares);
    threshold = (float) (rate * sizes);
  }

  @Override
  public void weights(int stretch, FloatMatrix w, FloatMatrix g, int fromRow, int toRow) {
    kernels.update(w, shrink, step, g, fromRow, toRow);
    if (sizes > 0) {
      kernels.softThreshold(w, threshold, fromRow, toRow);
    }
  }

  @Override
  public float bias(int unit, float bias, double errors) {
    return (float) Math.fma(perSample, errors, (double) bias);
  }

  @Override
  public void transfer(State state) {
    // It remembers nothing from batch to batch.
  }
}
