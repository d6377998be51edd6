// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;

/** The loss of one output: equations (2) and (3) of two classes. */
final class LogisticLoss implements Loss {

  private final Kernels kernels;
  private final FloatMatrix y;
  private final FloatMatrix weights;

  LogisticLoss(Kernels kernels, FloatMatrix y, FloatMatrix weights) {
    this.kernels = kernels;
    this.y = y;
    this.weights = weights;
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public void compare(
      FloatMatrix z, int from, int to, FloatMatrix errors, FloatMatrix losses, boolean withLosses) {
    kernels.error(z, y, from, to, errors);
    weigh(errors, from, to);
    if (withLosses) {
      kernels.loss(z, y, from, to, losses);
      weigh(losses, from, to);
    }
  }

  private void weigh(FloatMatrix v, int from, int to) {
    if (weights != null) {
      kernels.multiply(v, weights, from, to);
    }
  }

  @Override
  public Curvature curvature(Workspace workspace) {
    return new LogisticCurvature(workspace.floats(y.rows(), 1));
  }

  /** D_j = s_j a_j (1 - a_j). */
  private final class LogisticCurvature implements Curvature {

    private final FloatMatrix d;

    LogisticCurvature(FloatMatrix d) {
      this.d = d;
    }

    @Override
    public void find(FloatMatrix z, int from, int to) {
      kernels.curvature(z, from, to, d);
      weigh(d, from, to);
    }

    @Override
    public void multiply(FloatMatrix v, int from, int to) {
      kernels.multiply(v, d, from, to);
    }

    @Override
    public void along(double[] combination, int from, int to, FloatMatrix result) {
      for (int j = from; j < to; j++) {
        result.set(j, 0, d.get(j, 0));
      }
    }

    @Override
    public void addTo(int from, int to, double[] sum) {
      for (int j = from; j < to; j++) {
        sum[0] += d.get(j, 0);
      }
    }
  }
}
