package dev.lanewise.pass;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;

/**
 * Equations (1) to (3) for some samples, with their weights: the outputs, errors and losses of one
 * neuron, or of K with softmax.
 */
public final class CrossEntropy {

  private final Kernels kernels;
  private final FloatMatrix y;

  /** s, or null where every sample weighs 1. */
  private final FloatMatrix weights;

  /** (1), m x K. */
  private final FloatMatrix z;

  /** The bracket of (6) and (7), m x K. */
  private final FloatMatrix errors;

  /** (3), m x 1. */
  private final FloatMatrix losses;

  /**
   * Room for the outputs, errors and losses.
   *
   * @param arena owns the memory
   * @param kernels what computes
   * @param y the labels, m x 1: 0 or 1, or with K columns from 0 to K - 1
   * @param weights s, m x 1, or null where every sample weighs 1
   * @param columns K, 1 for one neuron
   */
  public CrossEntropy(
      Arena arena, Kernels kernels, FloatMatrix y, FloatMatrix weights, int columns) {
    this.kernels = kernels;
    this.y = y;
    this.weights = weights;
    this.z = FloatMatrix.allocate(arena, y.rows(), columns);
    this.errors = FloatMatrix.allocate(arena, y.rows(), columns);
    this.losses = FloatMatrix.allocate(arena, y.rows(), 1);
  }

  /**
   * The memory that it takes, beside y and s.
   *
   * @param samples m
   * @param columns K, 1 for one neuron
   * @return the size in bytes
   */
  public static long byteSize(int samples, int columns) {
    return 2 * FloatMatrix.byteSize(samples, columns) + FloatMatrix.byteSize(samples, 1);
  }

  /**
   * Equation (1).
   *
   * @param x has these samples
   * @param from the first sample
   * @param to the sample after the last
   * @param w d x K
   * @param bias K numbers
   */
  public void forward(SampleMatrix x, int from, int to, FloatMatrix w, float[] bias) {
    kernels.forward(x, from, to, w, bias, z);
  }

  /**
   * Equation (2), the bracket of (6) and (7), and equation (3), of samples whose outputs are known.
   *
   * @param from the first sample
   * @param to the sample after the last
   * @param withLosses whether the losses are wanted
   */
  public void compare(int from, int to, boolean withLosses) {
    if (z.columns() == 1) {
      kernels.error(z, y, from, to, errors);
      if (withLosses) {
        kernels.loss(z, y, from, to, losses);
      }
    } else {
      kernels.softmax(z, y, from, to, errors, losses);
    }
    if (weights != null) {
      kernels.multiply(errors, weights, from, to);
      if (withLosses) {
        kernels.multiply(losses, weights, from, to);
      }
    }
  }

  /**
   * Sums of a block: (7) of each column, and (4).
   *
   * @param from the first sample
   * @param to the sample after the last
   * @param withLosses whether the losses are wanted
   * @param sums receives the numbers
   */
  public void sum(int from, int to, boolean withLosses, Sums sums) {
    for (int k = 0; k < errors.columns(); k++) {
      sums.setErrors(k, kernels.sum(errors, k, from, to));
    }
    sums.setLosses(withLosses ? kernels.sum(losses, 0, from, to) : 0);
  }

  /**
   * The outputs (1).
   *
   * @return z, m x K
   */
  public FloatMatrix outputs() {
    return z;
  }

  /**
   * The bracket of (6) and (7), weighed.
   *
   * @return e, m x K
   */
  public FloatMatrix errors() {
    return errors;
  }

  /**
   * The losses (3), weighed.
   *
   * @return L, m x 1
   */
  public FloatMatrix losses() {
    return losses;
  }
}
