// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.gd;

import dev.lanewise.options.Activation;

/** Activations of hidden layers in double, by the functions of fdlibm: equation (2). */
enum DoubleActivation {
  RELU {
    @Override
    void apply(double[] z, int from, int to) {
      for (int j = from; j < to; j++) {
        z[j] = Math.max(z[j], 0);
      }
    }

    // With bit operations: the signs of activations are nearly random, so a branch would often be
    // mispredicted.
    @Override
    void multiplyDerivative(double[] a, int from, int to, double[] e) {
      for (int j = from; j < to; j++) {
        long above = -Double.doubleToRawLongBits(a[j]) >> (Long.SIZE - 1);
        e[j] = Double.longBitsToDouble(Double.doubleToRawLongBits(e[j]) & above);
      }
    }
  },
  TANH {
    @Override
    void apply(double[] z, int from, int to) {
      for (int j = from; j < to; j++) {
        z[j] = StrictMath.tanh(z[j]);
      }
    }

    @Override
    void multiplyDerivative(double[] a, int from, int to, double[] e) {
      for (int j = from; j < to; j++) {
        e[j] *= Math.fma(-a[j], a[j], 1);
      }
    }
  },
  SIGMOID {
    @Override
    void apply(double[] z, int from, int to) {
      for (int j = from; j < to; j++) {
        z[j] = 1 / (1 + StrictMath.exp(-z[j]));
      }
    }

    @Override
    void multiplyDerivative(double[] a, int from, int to, double[] e) {
      for (int j = from; j < to; j++) {
        e[j] *= a[j] * (1 - a[j]);
      }
    }
  },
  IDENTITY {
    @Override
    void apply(double[] z, int from, int to) {}

    @Override
    void multiplyDerivative(double[] a, int from, int to, double[] e) {}
  };

  static DoubleActivation of(Activation activation) {
    return valueOf(activation.name());
  }

  /** z := f(z). */
  abstract void apply(double[] z, int from, int to);

  /** e := e f'(z), from a = f(z). */
  abstract void multiplyDerivative(double[] a, int from, int to, double[] e);
}
