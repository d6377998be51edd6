// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.gd;

import dev.lanewise.checkpoint.State;
import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.DoubleView;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import java.util.Arrays;

/**
 * A dense layer in double precision: its parameters, and its outputs and errors for each sample.
 * The first layer has biases only; {@link NetworkGramEngine} has the coefficients of its weights.
 *
 * <p>Weights and biases are one matrix, whose last row are the biases: the weights of an input that
 * is always 1. So their gradients are one product, of the inputs with the errors.
 */
final class DoubleLayer {

  final int inputs;
  final int units;

  /** The outputs z, later replaced by the activations; samples x units. */
  final DoubleView a;

  /** The errors: the derivatives of the loss by z; samples x units. */
  final DoubleView e;

  /** The weights, inputs x units, and the same transposed; not of the first layer. */
  final DoubleView w;

  final DoubleView transposedW;

  private final int samples;
  private final boolean isFirst;

  /** The rows of a column of parameters. */
  private final int rows;

  private final double[] theta;
  private final double[] gradient;
  private final double[] remembered;

  /**
   * The activations and a 1, units + 1 x samples: the inputs of the next layer, if there is one.
   */
  private final DoubleView transposed;

  /** The inputs of this layer; null for the first. */
  private final DoubleView transposedInputs;

  private final DoubleView[] errorsFrom;
  private final DoubleView[] gradientFrom;

  /**
   * A layer.
   *
   * @param workspace gives the memory
   * @param dense its inputs and units
   * @param below the layer that gives the inputs; null for the first
   * @param isHidden whether there is a next layer
   * @param samples m
   * @param stride of columns of samples
   */
  DoubleLayer(
      Workspace workspace,
      Layout.Dense dense,
      DoubleLayer below,
      boolean isHidden,
      int samples,
      int stride) {
    this.inputs = dense.inputs();
    this.units = dense.outputs();
    this.samples = samples;
    this.isFirst = below == null;
    this.transposedInputs = isFirst ? null : below.transposed;
    this.rows = isFirst ? 1 : NetworkGramEngine.padded(inputs + 1);
    this.a = columns(workspace, stride, units);
    this.e = columns(workspace, stride, units);
    this.transposed =
        isHidden ? columns(workspace, NetworkGramEngine.padded(units + 1), samples) : null;
    this.theta = columns(workspace, rows, units).values();
    this.gradient = columns(workspace, rows, units).values();
    this.remembered = columns(workspace, rows, units).values();
    this.w = DoubleView.columns(theta, rows);
    this.transposedW = w.transposed();
    this.errorsFrom = new DoubleView[units];
    this.gradientFrom = new DoubleView[units];
    DoubleView gradients = DoubleView.columns(gradient, rows);
    for (int k = 0; k < units; k++) {
      errorsFrom[k] = e.from(k);
      gradientFrom[k] = gradients.from(k);
    }
    if (isHidden && !workspace.isDryRun()) {
      for (int j = 0; j < samples; j++) {
        transposed.values()[transposed.index(units, j)] = 1;
      }
    }
  }

  private static DoubleView columns(Workspace workspace, int stride, int columns) {
    return DoubleView.columns(workspace.doubles(1, Math.multiplyExact(stride, columns))[0], stride);
  }

  private int bias(int unit) {
    return unit * rows + rowOfBias();
  }

  private int rowOfBias() {
    return isFirst ? 0 : inputs;
  }

  /** Takes initial parameters; of the first layer the biases. */
  void set(FloatMatrix weights, FloatMatrix biases) {
    for (int k = 0; k < units; k++) {
      float[] column = isFirst ? new float[0] : weights.column(k);
      for (int i = 0; i < column.length; i++) {
        theta[k * rows + i] = column[i];
      }
      theta[bias(k)] = biases.get(k, 0);
    }
  }

  /** Gives the parameters, rounded to float32; of the first layer the biases. */
  void get(FloatMatrix weights, FloatMatrix biases) {
    for (int k = 0; k < units; k++) {
      for (int i = 0; !isFirst && i < inputs; i++) {
        weights.set(i, k, (float) theta[k * rows + i]);
      }
      biases.set(k, 0, (float) theta[bias(k)]);
    }
  }

  /** z := scale z0 + b, of some samples of the first layer. */
  void startFrom(double scale, double[] z0, int from, int to) {
    double[] z = a.values();
    for (int k = 0; k < units; k++) {
      double bias = theta[bias(k)];
      int column = a.index(0, k);
      for (int j = column + from; j < column + to; j++) {
        z[j] = Math.fma(scale, z0[j], bias);
      }
    }
  }

  /** z := b, of some samples. */
  void startFromBiases(int from, int to) {
    for (int k = 0; k < units; k++) {
      int column = a.index(0, k);
      Arrays.fill(a.values(), column + from, column + to, theta[bias(k)]);
    }
  }

  /** z becomes f(z), of some samples; the next layer's gradient needs them sample after sample. */
  void activate(DoubleActivation activation, int from, int to) {
    double[] values = a.values();
    double[] turned = transposed.values();
    int step = transposed.columnStep();
    for (int k = 0; k < units; k++) {
      int column = a.index(0, k);
      activation.apply(values, column + from, column + to);
      for (int j = from, at = from * step + k; j < to; j++, at += step) {
        turned[at] = values[column + j];
      }
    }
  }

  void clearErrors(int from, int to) {
    for (int k = 0; k < units; k++) {
      int column = e.index(0, k);
      Arrays.fill(e.values(), column + from, column + to, 0);
    }
  }

  void multiplyDerivative(DoubleActivation activation, int from, int to) {
    for (int k = 0; k < units; k++) {
      int column = e.index(0, k);
      activation.multiplyDerivative(a.values(), column + from, column + to, e.values());
    }
  }

  /**
   * Equations (6) to (9) of some units; of the first layer (7) and (9).
   *
   * @return false if a derivative is not finite; then nothing is changed
   */
  boolean descend(DoubleKernels kernels, int first, int count, double step, double shrink) {
    int from = first * rows;
    int to = (first + count) * rows;
    Arrays.fill(gradient, from, to, 0);
    if (isFirst) {
      addErrors(first, count); // (7)
    } else {
      kernels.addProduct(
          transposedInputs, errorsFrom[first], samples, 0, rows, count, gradientFrom[first]);
    }
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += gradient[i];
    }
    if (!Double.isFinite(sum)) {
      return false;
    }
    for (int column = from; column < to; column += rows) {
      int end = column + rowOfBias();
      for (int i = column; i < end; i++) {
        theta[i] = Math.fma(step, gradient[i], shrink * theta[i]); // (8)
      }
      theta[end] = Math.fma(step, gradient[end], theta[end]); // (9)
    }
    return true;
  }

  // Four chains at once, since each addition of a chain waits for the addition before it.
  private void addErrors(int first, int count) {
    double[] errors = e.values();
    int column0 = e.index(0, first);
    int column1 = e.index(0, first + Math.min(1, count - 1));
    int column2 = e.index(0, first + Math.min(2, count - 1));
    int column3 = e.index(0, first + count - 1);
    for (int from = 0; from < samples; from += DoubleKernels.SECTION) {
      int to = Math.min(samples, from + DoubleKernels.SECTION);
      double part0 = 0;
      double part1 = 0;
      double part2 = 0;
      double part3 = 0;
      for (int j = from; j < to; j++) {
        part0 += errors[column0 + j];
        part1 += errors[column1 + j];
        part2 += errors[column2 + j];
        part3 += errors[column3 + j];
      }
      for (int k = 0; k < count; k++) {
        gradient[first + k] += part0;
        part0 = part1;
        part1 = part2;
        part2 = part3;
      }
    }
  }

  /** The sum of the squares of the weights, unit after unit. */
  double squares() {
    double squares = 0;
    for (int k = 0; k < units; k++) {
      for (int i = 0; i < inputs; i++) {
        double weight = theta[k * rows + i];
        squares = Math.fma(weight, weight, squares);
      }
    }
    return squares;
  }

  boolean hasFiniteOutputs() {
    for (int k = 0; k < units; k++) {
      for (int j = 0; j < samples; j++) {
        if (!Double.isFinite(a.values()[a.index(j, k)])) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether the parameters are finite. */
  boolean isFinite() {
    return isFinite(theta);
  }

  static boolean isFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  void remember() {
    System.arraycopy(theta, 0, remembered, 0, theta.length);
  }

  void recall() {
    System.arraycopy(remembered, 0, theta, 0, theta.length);
  }

  /** Writes the parameters to a checkpoint, or takes them from one. */
  void transfer(State state, Layout layout, int number) {
    double[] biases = new double[units];
    double[] weights = new double[isFirst ? 0 : inputs * units];
    for (int k = 0; k < units; k++) {
      biases[k] = theta[bias(k)];
      System.arraycopy(theta, k * rows, weights, k * rowOfBias(), rowOfBias());
    }
    state.doubles(layout.biasName(number), biases);
    if (!isFirst) {
      state.doubles(layout.weightsName(number), weights);
    }
    for (int k = 0; k < units; k++) {
      theta[bias(k)] = biases[k];
      System.arraycopy(weights, k * rowOfBias(), theta, k * rows, rowOfBias());
    }
  }
}
