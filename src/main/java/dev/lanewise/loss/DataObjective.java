// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.BlockFunction;
import dev.lanewise.exec.Compute;
import dev.lanewise.exec.GramSource;
import dev.lanewise.exec.HessianMatrix;
import dev.lanewise.exec.LocalExecutor;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.Doubles;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.nn.Vectors;
import dev.lanewise.reduce.BlockTree;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;
import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;

/**
 * m times the cost of a problem as optimizers see it: sum s_j L_j + l2/2 |W|^2 with its
 * derivatives, and l1. Every sum over samples is a block function. With K outputs W has K columns;
 * the penalty decides between those W that give the same probabilities.
 *
 * <p>A subset shares its memory with the whole, so second derivatives of either are those at the
 * last scores of either. For use by one thread.
 */
public final class DataObjective implements SampleSpace {

  /** What an objective and those of its subsets share. */
  private static final class Shared {

    private final Compute compute;
    private final Workspace workspace;
    private final LocalExecutor executor;
    private final Problem problem;
    private final GramSource grams;
    private final Scales scales;

    /** z, then e and other factors of samples, and L. */
    private final CrossEntropy crossEntropy;

    private final Loss.Curvature curvature;

    /** The second derivative along a combination of the outputs, m x 1. */
    private final FloatMatrix diagonal;

    /** K zeros. */
    private final FloatMatrix noBias;

    /** The parameters of the model where those of the scales are others. */
    private final Parameters model;

    private HessianMatrix hessian;
    private double passes;

    /** The subset whose curvature is that of z, one sample in so many; 0 for none. */
    private int curved;

    Shared(Workspace workspace, Compute compute, Problem problem, GramSource grams, Scales scales) {
      this.compute = compute;
      this.workspace = workspace;
      this.problem = problem;
      this.grams = grams;
      this.scales = scales;
      int m = problem.samples();
      Kernels kernels = compute.kernels();
      this.executor = compute.executor(workspace, problem.x());
      Loss loss = Loss.of(kernels, problem.y(), problem.weights(), problem.outputs());
      this.crossEntropy = CrossEntropy.withGradient(workspace, kernels, loss, m, problem);
      this.curvature = loss.curvature(workspace);
      this.diagonal = workspace.floats(m, 1);
      this.noBias = workspace.floats(problem.outputs(), 1);
      this.model = new Parameters(workspace, problem.layout());
      executor.reserve(crossEntropy.shape());
    }

    /** Computes X D X'; made when first needed. */
    HessianMatrix hessian() {
      if (hessian == null) {
        double[] means = new double[problem.x().rows()];
        for (int i = 0; i < means.length && scales != null && !workspace.isDryRun(); i++) {
          means[i] = scales.mean(i);
        }
        hessian = executor.hessian(means);
      }
      return hessian;
    }
  }

  private final Shared shared;
  private final Problem problem;
  private final Kernels kernels;
  private final int outputs;
  private final int fraction;

  /** What one sample of the subset stands for. */
  private final double factor;

  /**
   * The cost by w and b as they are in the model.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem what is minimised
   */
  public DataObjective(Workspace workspace, Compute compute, Problem problem) {
    this(workspace, compute, problem, GramSource.OWN, null);
  }

  /**
   * The cost by the parameters of scales.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem what is minimised
   * @param grams gives X'X
   * @param scales have the coordinates of parameters; null for w and b as they are in the model
   */
  public DataObjective(
      Workspace workspace, Compute compute, Problem problem, GramSource grams, Scales scales) {
    this(new Shared(workspace, compute, problem, grams, scales), 1);
  }

  private DataObjective(Shared shared, int fraction) {
    this.shared = shared;
    this.problem = shared.problem;
    this.kernels = shared.compute.kernels();
    this.outputs = problem.outputs();
    this.fraction = fraction;
    this.factor = factor(fraction);
  }

  private double factor(int ofEach) {
    return (double) problem.samples() / BlockTree.subsetSize(problem.samples(), ofEach);
  }

  /**
   * Returns the number of samples.
   *
   * @return m
   */
  public int samples() {
    return problem.samples();
  }

  /** Counts, in a dry run, the memory of {@link #hessian}. */
  public void reserveHessian() {
    if (shared.workspace.isDryRun()) {
      shared.executor.reserve(new Border(null, false).shape());
      shared.hessian();
    }
  }

  /** Counts, in a dry run, the memory of {@link #gram}. */
  public void reserveGram() {
    if (shared.workspace.isDryRun()) {
      shared.grams.gram(shared.compute, shared.workspace, problem.x());
      shared.workspace.count((long) Double.BYTES * samples() * samples());
    }
  }

  /** What evaluates block functions on the samples. */
  LocalExecutor executor() {
    return shared.executor;
  }

  @Override
  public ConvexObjective subset(int ofEach) {
    return new DataObjective(shared, ofEach);
  }

  @Override
  public double l1() {
    return problem.penalty().l1();
  }

  @Override
  public double l2() {
    return problem.penalty().l2();
  }

  @Override
  public double passes() {
    return shared.passes;
  }

  @Override
  public double valueAtZero() {
    return factor * problem.lossAtZero(fraction);
  }

  @Override
  public boolean hasEveryClass() {
    return !problem.lacksClass(fraction);
  }

  @Override
  public void each(int count, IntConsumer task) {
    shared.executor.each(count, task);
  }

  @Override
  public double[] labels() {
    return Doubles.column(problem.y(), 0);
  }

  @Override
  public double[] sampleWeights() {
    return problem.sampleWeights();
  }

  @Override
  public double[][] gram() {
    shared.passes++; // also if another run has computed it
    return Doubles.columns(shared.grams.gram(shared.compute, shared.workspace, problem.x()));
  }

  @Override
  public double valueAndGradient(Parameters at, Parameters gradient) {
    Partial sums = evaluate(at);
    complete(at, sums, gradient);
    return value(at, sums);
  }

  @Override
  public double value(Parameters at) {
    return value(at, evaluate(at));
  }

  private Partial evaluate(Parameters at) {
    shared.curved = 0;
    return run(shared.crossEntropy.at(ofModel(at), true));
  }

  private double value(Parameters at, Partial sums) {
    double value = factor * shared.crossEntropy.losses(sums);
    return l2() == 0 ? value : value + l2() / 2 * Vectors.dot(at.weights(), at.weights());
  }

  @Override
  public void hessianTimes(Parameters v, Parameters result) {
    boolean unknown = isUnknown(fraction);
    complete(v, run(new HessianProduct(ofModel(v), unknown)), result);
    shared.curved = unknown ? fraction : shared.curved;
  }

  @Override
  public double[][] coupling(int ofEach) {
    boolean unknown = isUnknown(ofEach);
    Partial sums = shared.executor.run(new Coupling(unknown), ofEach);
    shared.curved = unknown ? ofEach : shared.curved;
    double[][] matrix = new double[outputs][outputs];
    for (int k = 0; k < outputs; k++) {
      for (int l = 0; l < outputs; l++) {
        matrix[k][l] = sums.number(k * outputs + l);
      }
    }
    return matrix;
  }

  @Override
  public void hessian(double[] combination, int ofEach, double[][] h) {
    int features = problem.x().rows();
    double scale = factor(ofEach);
    double squares = 0;
    for (double c : combination) {
      squares = Math.fma(c, c, squares);
    }
    // The last column and row are those of the bias: X D 1, and the sum of D.
    boolean unknown = isUnknown(ofEach);
    Partial sums = shared.executor.run(new Border(combination, unknown), ofEach);
    shared.curved = unknown ? ofEach : shared.curved;
    FloatMatrix border = sums.gradient().weights();
    for (int i = 0; i < features; i++) {
      h[i][features] = scale * border.get(i, 0);
    }
    h[features][features] = scale * sums.number(0);
    for (int i = 0; i < features && shared.scales != null; i++) {
      h[i][features] -= shared.scales.mean(i) * h[features][features];
    }
    shared.hessian().compute(shared.diagonal, ofEach, scale, h);
    shared.passes += 2.0 / ofEach;
    for (int i = 0; i < features; i++) {
      h[i][i] += squares * l2();
    }
  }

  @Override
  public void combine(double[][] c, Parameters result) {
    Doubles.round(c, shared.crossEntropy.errors());
    Partial sums =
        run(
            new SampleCombination(
                kernels, shared.crossEntropy.errors(), shared.crossEntropy.shape()));
    shared.executor.rows(
        shared.crossEntropy.shape(),
        (fromRow, toRow) -> copy(sums.gradient().weights(), fromRow, toRow, result.weights()));
  }

  @Override
  public void project(Parameters v, double[][] products) {
    FloatMatrix factors = shared.crossEntropy.errors();
    run(new SampleScores(kernels, v.weights(), shared.noBias, factors));
    Doubles.copy(factors, products);
  }

  /**
   * Sets the scores at which second derivatives are computed.
   *
   * @param z K arrays of m numbers
   */
  public void setScores(double[][] z) {
    Doubles.round(z, shared.crossEntropy.outputs());
    shared.curved = 0;
  }

  /**
   * Computes the scores of a model in float32.
   *
   * @param model its parameters
   * @return m x K, valid until the next pass
   */
  public FloatMatrix scores(Parameters model) {
    FloatMatrix scores = shared.crossEntropy.outputs();
    run(new SampleScores(kernels, model.weights(), model.biases(), scores));
    shared.curved = 0;
    return scores;
  }

  /** Tells whether the curvature of a subset must still be computed from its scores. */
  private boolean isUnknown(int ofEach) {
    return shared.curved == 0 || shared.curved > ofEach;
  }

  private Partial run(BlockFunction function) {
    shared.passes += 1.0 / fraction;
    return shared.executor.run(function, fraction);
  }

  private Parameters ofModel(Parameters at) {
    if (shared.scales == null) {
      return at;
    }
    shared.scales.toModel(at, shared.model);
    return shared.model;
  }

  /** result := l2 penalised + factor sums, in the coordinates of the scales. */
  private void complete(Parameters penalised, Partial sums, Parameters result) {
    FloatMatrix gradient = sums.gradient().weights();
    shared.executor.rows(
        shared.crossEntropy.shape(),
        (fromRow, toRow) -> {
          copy(penalised.weights(), fromRow, toRow, result.weights());
          kernels.update(result.weights(), (float) l2(), (float) factor, gradient, fromRow, toRow);
        });
    for (int k = 0; k < outputs; k++) {
      double errors = factor * sums.number(k);
      result.setBias(k, (float) errors);
      if (shared.scales != null) {
        shared.scales.center(result.weights(), k, errors);
      }
    }
  }

  private static void copy(FloatMatrix from, int fromRow, int toRow, FloatMatrix result) {
    long bytes = (long) (toRow - fromRow) * Float.BYTES;
    for (int k = 0; k < result.columns(); k++) {
      long offset = result.columnOffset(k) + (long) fromRow * Float.BYTES;
      MemorySegment.copy(from.segment(), offset, result.segment(), offset, bytes);
    }
  }

  /** X times the curvature of X'V + v_b. */
  private final class HessianProduct implements BlockFunction {

    /** The place of the errors. */
    private final FloatMatrix factors = shared.crossEntropy.errors();

    private final Parameters v;
    private final boolean unknown;

    HessianProduct(Parameters v, boolean unknown) {
      this.v = v;
      this.unknown = unknown;
    }

    @Override
    public void forward(SampleMatrix x, int from, int to) {
      if (unknown) {
        shared.curvature.find(shared.crossEntropy.outputs(), from, to);
      }
      kernels.forward(x, from, to, v.weights(), v.biases(), factors);
      shared.curvature.multiply(factors, from, to);
    }

    @Override
    public PartialShape shape() {
      return shared.crossEntropy.shape();
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
      return PartialShape.gradient(Layout.dense(problem.x().rows(), 1), 1);
    }

    @Override
    public void forward(SampleMatrix x, int from, int to) {
      if (unknown) {
        shared.curvature.find(shared.crossEntropy.outputs(), from, to);
      }
      shared.curvature.along(combination, from, to, shared.diagonal);
    }

    @Override
    public void backward(
        SampleMatrix x, int from, int to, int fromRow, int toRow, Partial partial) {
      kernels.gradient(x, from, to, shared.diagonal, fromRow, toRow, partial.gradient().weights());
    }

    @Override
    public void finish(int from, int to, Partial partial) {
      partial.setNumber(0, kernels.sum(shared.diagonal, 0, from, to));
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
      return PartialShape.numbers(outputs * outputs);
    }

    @Override
    public void forward(SampleMatrix x, int from, int to) {
      if (unknown) {
        shared.curvature.find(shared.crossEntropy.outputs(), from, to);
      }
    }

    @Override
    public void finish(int from, int to, Partial partial) {
      double[] sum = new double[outputs * outputs];
      shared.curvature.addTo(from, to, sum);
      for (int i = 0; i < sum.length; i++) {
        partial.setNumber(i, sum[i]);
      }
    }
  }
}
