// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.BlockFunction;
import dev.lanewise.exec.HessianMatrix;
import dev.lanewise.exec.LocalExecutor;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;

/** The sums of {@link LocalSums} that are second derivatives, at the scores of a cross-entropy. */
final class LocalCurvature {

  private final Workspace workspace;
  private final Kernels kernels;
  private final LocalExecutor executor;
  private final CrossEntropy crossEntropy;
  private final Loss.Curvature curvature;
  private final int features;
  private final int outputs;

  /** The second derivative along a combination of the outputs, m x 1. */
  private final FloatMatrix diagonal;

  /** K zeros. */
  private final FloatMatrix noBias;

  private HessianMatrix square;

  /** The subset whose curvature was computed: one sample in this many; 0 for none. */
  private int curved;

  LocalCurvature(
      Workspace workspace,
      Kernels kernels,
      LocalExecutor executor,
      Problem problem,
      Loss loss,
      CrossEntropy crossEntropy) {
    this.workspace = workspace;
    this.kernels = kernels;
    this.executor = executor;
    this.crossEntropy = crossEntropy;
    this.curvature = loss.curvature(workspace);
    this.features = problem.x().rows();
    this.outputs = problem.outputs();
    this.diagonal = workspace.floats(problem.samples(), 1);
    this.noBias = workspace.floats(outputs, 1);
  }

  FloatMatrix noBias() {
    return noBias;
  }

  FloatMatrix diagonal() {
    return diagonal;
  }

  /** Counts, in a dry run, the memory of {@link #square}. */
  void reserveSquare() {
    if (workspace.isDryRun()) {
      executor.reserve(new Border(null, false).shape());
      squareOf(null);
    }
  }

  /** Is told that the scores are others. */
  void forget() {
    curved = 0;
  }

  /** Tells whether the curvature of a subset must still be computed from its scores. */
  private boolean isUnknown(int fraction) {
    return curved == 0 || curved > fraction;
  }

  Partial product(Parameters v, int fraction) {
    boolean unknown = isUnknown(fraction);
    Partial sums = executor.run(new HessianProduct(v, unknown), fraction);
    curved = unknown ? fraction : curved;
    return sums;
  }

  Partial coupling(int fraction) {
    boolean unknown = isUnknown(fraction);
    Partial sums = executor.run(new Coupling(unknown), fraction);
    curved = unknown ? fraction : curved;
    return sums;
  }

  Partial border(double[] combination, int fraction) {
    boolean unknown = isUnknown(fraction);
    Partial sums = executor.run(new Border(combination, unknown), fraction);
    curved = unknown ? fraction : curved;
    return sums;
  }

  void square(Scales scales, int fraction, double factor, double[][] result) {
    squareOf(scales).compute(diagonal, fraction, factor, result);
  }

  // Made when first needed; the scales of a run are always the same.
  private HessianMatrix squareOf(Scales scales) {
    if (square == null) {
      double[] means = new double[features];
      for (int i = 0; i < means.length && scales != null; i++) {
        means[i] = scales.mean(i);
      }
      square = executor.hessian(means);
    }
    return square;
  }

  /** X times the curvature of X'V + v_b. */
  private final class HessianProduct implements BlockFunction {

    /** The place of the errors. */
    private final FloatMatrix factors = crossEntropy.errors();

    private final Parameters v;
    private final boolean unknown;

    HessianProduct(Parameters v, boolean unknown) {
      this.v = v;
      this.unknown = unknown;
    }

    @Override
    public void forward(SampleMatrix x, int from, int to) {
      if (unknown) {
        curvature.find(crossEntropy.outputs(), from, to);
      }
      kernels.forward(x, from, to, v.weights(), v.biases(), factors);
      curvature.multiply(factors, from, to);
    }

    @Override
    public PartialShape shape() {
      return crossEntropy.shape();
    }

    @Override
    public void backward(
        SampleMatrix x, int from, int to, int fromRow, int toRow, Partial partial) {
      kernels.gradient(x, from, to, factors, fromRow, toRow, partial.gradient().weights());
    }

    @Override
    public void finish(int from, int to, Partial partial) {
      for (int k = 0; k < outputs; k++) {
        partial.setNumber(k, kernels.sum(factors, k, from, to));
      }
    }
  }

  /** X D 1 and the sum of D, of a combination of the outputs. */
  private final class Border implements BlockFunction {

    private final double[] combination;
    private final boolean unknown;

    Border(double[] combination, boolean unknown) {
      this.combination = combination;
      this.unknown = unknown;
    }

    @Override
    public PartialShape shape() {
      return SumShapes.border(features);
    }

    @Override
    public void forward(SampleMatrix x, int from, int to) {
      if (unknown) {
        curvature.find(crossEntropy.outputs(), from, to);
      }
      curvature.along(combination, from, to, diagonal);
    }

    @Override
    public void backward(
        SampleMatrix x, int from, int to, int fromRow, int toRow, Partial partial) {
      kernels.gradient(x, from, to, diagonal, fromRow, toRow, partial.gradient().weights());
    }

    @Override
    public void finish(int from, int to, Partial partial) {
      partial.setNumber(0, kernels.sum(diagonal, 0, from, to));
    }
  }

  /** The sum of the curvatures, K x K. */
  private final class Coupling implements BlockFunction {

    private final boolean unknown;

    Coupling(boolean unknown) {
      this.unknown = unknown;
    }

    @Override
    public PartialShape shape() {
      return SumShapes.coupling(outputs);
    }

    @Override
    public void forward(SampleMatrix x, int from, int to) {
      if (unknown) {
        curvature.find(crossEntropy.outputs(), from, to);
      }
    }

    @Override
    public void finish(int from, int to, Partial partial) {
      double[] sum = new double[outputs * outputs];
      curvature.addTo(from, to, sum);
      for (int i = 0; i < sum.length; i++) {
        partial.setNumber(i, sum[i]);
      }
    }
  }
}
