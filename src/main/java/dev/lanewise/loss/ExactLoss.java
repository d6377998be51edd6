// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

/**
 * The loss of a sample in double, by the functions of fdlibm: equations (2) and (3) where float32
 * is not enough. Of one output the logistic loss, else that of softmax.
 */
public final class ExactLoss {

  private final int outputs;

  /**
   * A loss.
   *
   * @param outputs K, 1 for two classes
   */
  public ExactLoss(int outputs) {
    this.outputs = outputs;
  }

  /**
   * The loss of a sample and its errors.
   *
   * @param z its K outputs
   * @param label its class
   * @param e receives K errors
   * @return L
   */
  public double compare(double[] z, int label, double[] e) {
    if (outputs == 1) {
      double sign = 1 - 2 * label;
      double t = sign * z[0];
      double power = StrictMath.exp(-Math.abs(t));
      e[0] = sign * (t > 0 ? 1 : power) / (1 + power);
      return Math.max(t, 0) + StrictMath.log1p(power);
    }
    double top = top(z);
    double sum = 0;
    double others = 0;
    double below = 0;
    boolean topSeen = false;
    for (int k = 0; k < outputs; k++) {
      e[k] = StrictMath.exp(z[k] - top);
      sum += e[k];
      others += k == label ? 0 : e[k];
      boolean isTop = !topSeen && z[k] == top;
      topSeen |= isTop;
      below += isTop ? 0 : e[k];
    }
    for (int k = 0; k < outputs; k++) {
      // p - 1 without the cancellation.
      e[k] = (k == label ? -others : e[k]) / sum;
    }
    return top - z[label] + StrictMath.log1p(below);
  }

  private static double top(double[] z) {
    double top = z[0];
    for (double score : z) {
      top = Math.max(top, score);
    }
    return top;
  }

  /**
   * The probabilities of a sample.
   *
   * @param z its K outputs
   * @param p receives K probabilities; of one output that of class 1
   */
  void probabilities(double[] z, double[] p) {
    if (outputs == 1) {
      p[0] = 1 / (1 + StrictMath.exp(-z[0]));
      return;
    }
    double top = top(z);
    double sum = 0;
    for (int k = 0; k < outputs; k++) {
      p[k] = StrictMath.exp(z[k] - top);
      sum += p[k];
    }
    for (int k = 0; k < outputs; k++) {
      p[k] /= sum;
    }
  }

  /**
   * An element of the second derivative of the loss by the outputs, over p_k.
   *
   * @param z the outputs
   * @param p the probabilities
   * @return D_kl / p_k
   */
  double curvature(double[] z, double[] p, int k, int l) {
    if (outputs == 1) {
      // 1 - p without the cancellation.
      return 1 / (1 + StrictMath.exp(z[0]));
    }
    return l == k ? 1 - p[k] : -p[l];
  }
}
