// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.loss.ConvexObjective;
import dev.lanewise.loss.Scales;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An approximate inverse of the second derivative of several outputs: block diagonal in contrasts
 * of the outputs, with the inverse of a contrast's own second derivative, perhaps of a subset of
 * the samples, as its block. The contrasts are the eigenvectors of {@link
 * ConvexObjective#coupling}, so that blocks of different contrasts are nearly independent.
 *
 * <p>The losses depend on differences of outputs only. Along the mean of all outputs the second
 * derivative is l2, which is inverted exactly.
 */
final class ContrastPreconditioner implements Preconditioner {

  private final ConvexObjective objective;
  private final int outputs;
  private final int parameters;

  /** One less than outputs, each of unit length and with a sum of zero. */
  private final double[][] contrasts;

  private final Cholesky[] factors;

  private final Scales scales;

  /** A vector by outputs, and by contrasts. */
  private final double[][] byOutputs;

  private final double[][] byContrasts;

  private ContrastPreconditioner(
      ConvexObjective objective,
      double[][] contrasts,
      Cholesky[] factors,
      Scales scales,
      int parameters) {
    this.objective = objective;
    this.outputs = contrasts.length + 1;
    this.parameters = parameters;
    this.contrasts = contrasts;
    this.factors = factors;
    this.scales = scales;
    this.byOutputs = new double[outputs][parameters];
    this.byContrasts = new double[outputs - 1][parameters];
  }

  /**
   * Returns the inverse of an objective's second derivative.
   *
   * @return null if the second derivative is not finite, or zero
   */
  static ContrastPreconditioner of(
      ConvexObjective objective, int fraction, ParameterSpace space, Scales scales) {
    double[][] contrasts = contrasts(objective.coupling(fraction));
    int n = space.features() + 1;
    double[][][] hessians = new double[contrasts.length][n][n];
    for (int q = 0; q < contrasts.length; q++) {
      objective.hessian(contrasts[q], fraction, hessians[q]);
    }
    Cholesky[] factors = new Cholesky[contrasts.length];
    AtomicBoolean complete = new AtomicBoolean(true);
    objective.each(
        factors.length,
        q -> {
          scales.divide(hessians[q]);
          factors[q] = Cholesky.factorIndependent(hessians[q], Curvature.ROUNDING);
          hessians[q] = null;
          if (factors[q] == null) {
            complete.set(false);
          }
        });
    return complete.get()
        ? new ContrastPreconditioner(objective, contrasts, factors, scales, n)
        : null;
  }

  /** The eigenvectors of a matrix of outputs, in the space of vectors whose sum is zero. */
  private static double[][] contrasts(double[][] curvature) {
    int outputs = curvature.length;
    double[][] basis = new double[outputs - 1][outputs];
    for (int q = 0; q < outputs - 1; q++) {
      // Output q + 1 against the mean of those before (Helmert).
      double length = Math.sqrt((q + 1.0) * (q + 2.0));
      for (int k = 0; k <= q; k++) {
        basis[q][k] = 1 / length;
      }
      basis[q][q + 1] = -(q + 1) / length;
    }
    double[][] inner = new double[outputs - 1][outputs - 1];
    for (int p = 0; p < outputs - 1; p++) {
      for (int q = 0; q < outputs - 1; q++) {
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
          for (int l = 0; l < outputs; l++) {
            sum += basis[p][k] * curvature[k][l] * basis[q][l];
          }
        }
        inner[p][q] = sum;
      }
    }
    double[][] vectors = Eigenvectors.of(inner);
    double[][] contrasts = new double[outputs - 1][outputs];
    for (int q = 0; q < outputs - 1; q++) {
      for (int p = 0; p < outputs - 1; p++) {
        for (int k = 0; k < outputs; k++) {
          contrasts[q][k] = Math.fma(vectors[q][p], basis[p][k], contrasts[q][k]);
        }
      }
    }
    return contrasts;
  }

  @Override
  public boolean isSingular() {
    return Arrays.stream(factors).anyMatch(Cholesky::isSingular);
  }

  @Override
  public Preconditioner in(ConvexObjective other) {
    return new ContrastPreconditioner(other, contrasts, factors, scales, parameters);
  }

  @Override
  public void apply(Parameters r, Parameters result) {
    objective.each(outputs, k -> read(r, k, byOutputs[k]));
    objective.each(
        outputs - 1,
        q -> {
          double[] vector = byContrasts[q];
          Arrays.fill(vector, 0);
          for (int k = 0; k < outputs; k++) {
            add(vector, contrasts[q][k], byOutputs[k]);
          }
          scales.divide(vector);
          factors[q].solve(vector);
          scales.divide(vector);
        });
    double[] alongMean = alongMean();
    objective.each(
        outputs,
        k -> {
          double[] vector = byOutputs[k];
          System.arraycopy(alongMean, 0, vector, 0, parameters);
          for (int q = 0; q < outputs - 1; q++) {
            add(vector, contrasts[q][k], byContrasts[q]);
          }
          write(vector, result, k);
        });
  }

  /**
   * Returns the mean over the outputs, divided by l2; zero for the biases, and where l2 is so small
   * that the mean would be rounding error.
   */
  private double[] alongMean() {
    double[] mean = new double[parameters];
    for (int k = 0; k < outputs; k++) {
      add(mean, 1.0 / outputs, byOutputs[k]);
    }
    double l2 = objective.l2();
    for (int i = 0; i < parameters - 1; i++) {
      double unit = scales.unit(i);
      boolean counts = unit > 0 && l2 / unit / unit > Curvature.ROUNDING;
      mean[i] = counts ? mean[i] / l2 : 0;
    }
    mean[parameters - 1] = 0;
    return mean;
  }

  private static void add(double[] y, double factor, double[] x) {
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.fma(factor, x[i], y[i]);
    }
  }

  private static void read(Parameters vectors, int output, double[] vector) {
    MemorySegment from = vectors.weights().segment();
    long offset = vectors.weights().columnOffset(output);
    int features = vector.length - 1;
    for (int i = 0; i < features; i++) {
      vector[i] = from.get(JAVA_FLOAT, offset + (long) i * Float.BYTES);
    }
    vector[features] = vectors.bias(output);
  }

  private static void write(double[] vector, Parameters vectors, int output) {
    MemorySegment to = vectors.weights().segment();
    long offset = vectors.weights().columnOffset(output);
    int features = vector.length - 1;
    for (int i = 0; i < features; i++) {
      to.set(JAVA_FLOAT, offset + (long) i * Float.BYTES, (float) vector[i]);
    }
    vectors.setBias(output, (float) vector[features]);
  }
}
