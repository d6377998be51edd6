// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;

/** The loss of K outputs; their softmax is the probabilities of the classes. */
final class SoftmaxLoss implements Loss {

  private final Kernels kernels;
  private final FloatMatrix y;
  private final FloatMatrix weights;
  private final int outputs;

  SoftmaxLoss(Kernels kernels, FloatMatrix y, FloatMatrix weights, int outputs) {
    this.kernels = kernels;
    this.y = y;
    this.weights = weights;
    this.outputs = outputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public void compare(
      FloatMatrix z, int from, int to, FloatMatrix errors, FloatMatrix losses, boolean withLosses) {
    kernels.softmax(z, y, from, to, errors, losses);
    weigh(errors, from, to);
    if (withLosses) {
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
    return new SoftmaxCurvature(workspace);
  }

  /** D_j = s_j (diag(p_j) - p_j p_j'). */
  private final class SoftmaxCurvature implements Curvature {

    /** p, m x K. */
    private final FloatMatrix p;

    /** -1, m x 1: with a label that is no class, softmax gives p. */
    private final FloatMatrix noLabels;

    /** Receives losses that are not used, m x 1. */
    private final FloatMatrix scratch;

    SoftmaxCurvature(Workspace workspace) {
      int m = y.rows();
      this.p = workspace.floats(m, outputs);
      this.noLabels = workspace.floats(m, 1);
      this.scratch = workspace.floats(m, 1);
      for (int j = 0; j < m && !workspace.isDryRun(); j++) {
        noLabels.set(j, 0, -1);
      }
    }

    @Override
    public void find(FloatMatrix z, int from, int to) {
      kernels.softmax(z, noLabels, from, to, p, scratch);
    }

    @Override
    public void multiply(FloatMatrix v, int from, int to) {
      kernels.softmaxCurvature(p, v, from, to);
      weigh(v, from, to);
    }

    /** The sum of p_k (c_k - mean)^2. */
    @Override
    public void along(double[] combination, int from, int to, FloatMatrix d) {
      for (int j = from; j < to; j++) {
        double mean = 0;
        for (int k = 0; k < outputs; k++) {
          mean = Math.fma(p.get(j, k), combination[k], mean);
        }
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
          double distance = combination[k] - mean;
          sum = Math.fma(p.get(j, k) * distance, distance, sum);
        }
        d.set(j, 0, (float) sum);
      }
      weigh(d, from, to);
    }

    @Override
    public void addTo(int from, int to, double[] sum) {
      double[] ofSample = new double[outputs];
      for (int j = from; j < to; j++) {
        double weight = weights == null ? 1 : weights.get(j, 0);
        for (int k = 0; k < outputs; k++) {
          ofSample[k] = p.get(j, k);
        }
        for (int k = 0; k < outputs; k++) {
          sum[k * outputs + k] += weight * ofSample[k];
          for (int l = 0; l < outputs; l++) {
            sum[k * outputs + l] -= weight * ofSample[k] * ofSample[l];
          }
        }
      }
    }
  }
}
