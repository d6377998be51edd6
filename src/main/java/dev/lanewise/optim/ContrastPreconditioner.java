package dev.lanewise.optim;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.loss.Objective;
import dev.lanewise.loss.Scales;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.nn.Parameters;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The inverse of a second derivative of several columns, as if contrasts of the columns had nothing
 * to do with one another: for each the inverse of its own second derivative, of a part of the
 * samples perhaps. Contrasts are those combinations of columns that have nothing to do with one
 * another in the sum over all samples, features aside, and so little with them.
 *
 * <p>The losses see only differences of columns, so that along the mean of all columns there is
 * nothing but the penalty on squares, which is inverted as it is.
 */
final class ContrastPreconditioner implements Preconditioner {

  private final Objective objective;
  private final int columns;
  private final int parameters;

  /** One less than columns, each of unit length and with a sum of zero. */
  private final double[][] contrasts;

  private final Cholesky[] factors;

  private final Scales scales;

  /** A vector by columns, and by contrasts. */
  private final double[][] byColumns;

  private final double[][] byContrasts;

  private ContrastPreconditioner(
      Objective objective,
      double[][] contrasts,
      Cholesky[] factors,
      Scales scales,
      int parameters) {
    this.objective = objective;
    this.columns = contrasts.length + 1;
    this.parameters = parameters;
    this.contrasts = contrasts;
    this.factors = factors;
    this.scales = scales;
    this.byColumns = new double[columns][parameters];
    this.byContrasts = new double[columns - 1][parameters];
  }

  /**
   * Of the second derivative where an objective was computed last.
   *
   * @return null if it is not made of numbers, or zero
   */
  static ContrastPreconditioner of(
      Objective objective, int share, ParameterSpace space, Scales scales) {
    double[][] contrasts = contrasts(objective.coupling(share));
    int n = space.features() + 1;
    double[][][] hessians = new double[contrasts.length][n][n];
    for (int q = 0; q < contrasts.length; q++) {
      objective.hessian(contrasts[q], share, hessians[q]);
    }
    Cholesky[] factors = new Cholesky[contrasts.length];
    AtomicBoolean complete = new AtomicBoolean(true);
    objective.each(
        factors.length,
        q -> {
          scales.divide(hessians[q]);
          factors[q] = Cholesky.factorNear(hessians[q], Curvature.ROUNDING);
          hessians[q] = null;
          if (factors[q] == null) {
            complete.set(false);
          }
        });
    return complete.get()
        ? new ContrastPreconditioner(objective, contrasts, factors, scales, n)
        : null;
  }

  /** The eigenvectors of a matrix of columns, in the space of vectors whose sum is zero. */
  private static double[][] contrasts(double[][] curvature) {
    int columns = curvature.length;
    double[][] basis = new double[columns - 1][columns];
    for (int q = 0; q < columns - 1; q++) {
      // Column q + 1 against the mean of those before (Helmert).
      double length = Math.sqrt((q + 1.0) * (q + 2.0));
      for (int k = 0; k <= q; k++) {
        basis[q][k] = 1 / length;
      }
      basis[q][q + 1] = -(q + 1) / length;
    }
    double[][] inner = new double[columns - 1][columns - 1];
    for (int p = 0; p < columns - 1; p++) {
      for (int q = 0; q < columns - 1; q++) {
        double sum = 0;
        for (int k = 0; k < columns; k++) {
          for (int l = 0; l < columns; l++) {
            sum += basis[p][k] * curvature[k][l] * basis[q][l];
          }
        }
        inner[p][q] = sum;
      }
    }
    double[][] vectors = Eigenvectors.of(inner);
    double[][] contrasts = new double[columns - 1][columns];
    for (int q = 0; q < columns - 1; q++) {
      for (int p = 0; p < columns - 1; p++) {
        for (int k = 0; k < columns; k++) {
          contrasts[q][k] = Math.fma(vectors[q][p], basis[p][k], contrasts[q][k]);
        }
      }
    }
    return contrasts;
  }

  @Override
  public Preconditioner in(Objective other) {
    return new ContrastPreconditioner(other, contrasts, factors, scales, parameters);
  }

  @Override
  public void apply(Parameters r, Parameters result) {
    objective.each(columns, k -> read(r, k, byColumns[k]));
    objective.each(
        columns - 1,
        q -> {
          double[] vector = byContrasts[q];
          Arrays.fill(vector, 0);
          for (int k = 0; k < columns; k++) {
            add(vector, contrasts[q][k], byColumns[k]);
          }
          scales.divide(vector);
          factors[q].solve(vector);
          scales.divide(vector);
        });
    double[] alongMean = alongMean();
    objective.each(
        columns,
        k -> {
          double[] vector = byColumns[k];
          System.arraycopy(alongMean, 0, vector, 0, parameters);
          for (int q = 0; q < columns - 1; q++) {
            add(vector, contrasts[q][k], byContrasts[q]);
          }
          write(vector, result, k);
        });
  }

  /**
   * The mean of the columns over the penalty; zero for the biases, and where the penalty is so
   * small that a mean is nothing but rounding.
   */
  private double[] alongMean() {
    double[] mean = new double[parameters];
    for (int k = 0; k < columns; k++) {
      add(mean, 1.0 / columns, byColumns[k]);
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

  private static void read(Parameters point, int column, double[] vector) {
    MemorySegment from = point.weights().segment();
    long offset = point.weights().columnOffset(column);
    int features = vector.length - 1;
    for (int i = 0; i < features; i++) {
      vector[i] = from.get(JAVA_FLOAT, offset + (long) i * Float.BYTES);
    }
    vector[features] = point.bias(column);
  }

  private static void write(double[] vector, Parameters point, int column) {
    MemorySegment to = point.weights().segment();
    long offset = point.weights().columnOffset(column);
    int features = vector.length - 1;
    for (int i = 0; i < features; i++) {
      to.set(JAVA_FLOAT, offset + (long) i * Float.BYTES, (float) vector[i]);
    }
    point.setBias(column, (float) vector[features]);
  }
}
