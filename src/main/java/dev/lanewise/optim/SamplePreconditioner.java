// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import dev.lanewise.loss.ConvexObjective;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The inverse of the second derivative of softmax in the space of the samples, as if the outputs
 * had nothing to do with one another: output k has H_k = l2 + X D_k X' and the bias, with D_k = s
 * p_k (1 - p_k), inverted by a factored m x m matrix (Woodbury's identity). Of what comes out only
 * differences of outputs are kept, since losses see no more.
 */
final class SamplePreconditioner {

  private final ConvexObjective objective;
  private final double l2;
  private final SampleFactor[] outputs;

  private SamplePreconditioner(ConvexObjective objective, SampleFactor[] outputs) {
    this.objective = objective;
    this.l2 = objective.l2();
    this.outputs = outputs;
  }

  /**
   * Where probabilities were looked for last.
   *
   * @param intercept whether there are biases
   * @return null where a matrix is not positive definite: G has lost it to rounding
   */
  static SamplePreconditioner of(
      ConvexObjective objective, SampleProducts g, SampleSoftmax softmax, boolean intercept) {
    int count = softmax.probabilities().length;
    double[][] roots = new double[count][];
    for (int k = 0; k < count; k++) {
      roots[k] = roots(softmax, k);
    }
    SampleFactor[] outputs = new SampleFactor[count];
    AtomicBoolean complete = new AtomicBoolean(true);
    objective.each(
        count,
        k -> {
          // Where all classes are as likely, at zero weights, one is as the other.
          if (k == 0 || !Arrays.equals(roots[k], roots[0])) {
            outputs[k] = SampleFactor.of(g.columns(), roots[k], objective.l2(), intercept);
            if (outputs[k] == null) {
              complete.set(false);
            }
          }
        });
    for (int k = 1; k < count; k++) {
      outputs[k] = outputs[k] == null ? outputs[0] : outputs[k];
    }
    return complete.get() ? new SamplePreconditioner(objective, outputs) : null;
  }

  private static double[] roots(SampleSoftmax softmax, int k) {
    double[] p = softmax.probabilities()[k];
    double[] roots = new double[p.length];
    for (int j = 0; j < roots.length; j++) {
      roots[j] = SampleFactor.root(softmax.weight(j) * (p[j] * (1 - p[j])));
    }
    return roots;
  }

  /**
   * Applies it: of output k, with u = B^-1 D^1/2 (G r + l2 b) and b such that the sum of D^1/2 u is
   * the bias of r,
   *
   * <pre>c = (r - D^1/2 u) / l2, G c = D^-1/2 u - b</pre>
   *
   * @param r what it is applied to
   * @param result receives the product
   */
  void apply(Combination r, Combination result) {
    objective.each(outputs.length, k -> apply(k, r, result));
    center(result);
  }

  private void apply(int k, Combination r, Combination result) {
    SampleFactor output = outputs[k];
    double[] u = r.products()[k].clone();
    double bias = output.solve(u, r.bias()[k]);
    double[] c = result.c()[k];
    double[] products = result.products()[k];
    for (int j = 0; j < u.length; j++) {
      c[j] = (r.c()[k][j] - output.root(j) * u[j]) / l2;
      products[j] = u[j] / output.root(j) - bias;
    }
    result.bias()[k] = bias;
  }

  /** Takes the mean of the outputs from each. */
  private static void center(Combination x) {
    center(x.c());
    center(x.products());
    double sum = 0;
    for (double bias : x.bias()) {
      sum += bias;
    }
    for (int k = 0; k < x.outputs(); k++) {
      x.bias()[k] -= sum / x.outputs();
    }
  }

  private static void center(double[][] outputs) {
    for (int j = 0; j < outputs[0].length; j++) {
      double sum = 0;
      for (double[] output : outputs) {
        sum += output[j];
      }
      double mean = sum / outputs.length;
      for (double[] output : outputs) {
        output[j] -= mean;
      }
    }
  }
}
