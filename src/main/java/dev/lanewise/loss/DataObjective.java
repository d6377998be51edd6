// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.Compute;
import dev.lanewise.exec.GramSource;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.Doubles;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.nn.Vectors;
import dev.lanewise.reduce.BlockTree;
import dev.lanewise.reduce.Partial;
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
    private final SampleSums sums;
    private final Problem problem;
    private final GramSource grams;
    private final Scales scales;

    /** The parameters of the model where those of the scales are others. */
    private final Parameters model;

    private double passes;

    Shared(
        Workspace workspace,
        Compute compute,
        Problem problem,
        SampleSums sums,
        GramSource grams,
        Scales scales) {
      this.compute = compute;
      this.workspace = workspace;
      this.problem = problem;
      this.sums = sums;
      this.grams = grams;
      this.scales = scales;
      this.model = new Parameters(workspace, problem.layout());
      sums.reserveCurvature();
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
    this(
        workspace,
        compute,
        problem,
        new LocalSums(workspace, compute, problem),
        GramSource.OWN,
        null);
  }

  /**
   * The cost by the parameters of scales.
   *
   * @param workspace gives the memory
   * @param compute computes
   * @param problem what is minimised
   * @param sums over its samples
   * @param grams gives X'X
   * @param scales have the coordinates of parameters; null for w and b as they are in the model
   */
  public DataObjective(
      Workspace workspace,
      Compute compute,
      Problem problem,
      SampleSums sums,
      GramSource grams,
      Scales scales) {
    this(new Shared(workspace, compute, problem, sums, grams, scales), 1);
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
    shared.sums.reserveSquare();
  }

  /** Counts, in a dry run, the memory of {@link #gram}. */
  public void reserveGram() {
    if (shared.workspace.isDryRun()) {
      shared.grams.gram(shared.compute, shared.workspace, problem.x());
      shared.workspace.count((long) Double.BYTES * samples() * samples());
    }
  }

  /** The sums over the samples. */
  SampleSums sums() {
    return shared.sums;
  }

  /**
   * Tells whether this process has the samples, which {@link #gram}, {@link #combine} and {@link
   * #project} need.
   *
   * @return false if there are only sums over them
   */
  public boolean hasSamples() {
    return shared.sums instanceof LocalSums;
  }

  private LocalSums local() {
    return (LocalSums) shared.sums;
  }

  /**
   * Tells whether a model classifies every sample of positive weight correctly.
   *
   * @param model its parameters
   * @return whether it separates the classes
   */
  public boolean isSeparatedBy(Parameters model) {
    return shared.sums.isSeparatedBy(model);
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
    shared.sums.each(count, task);
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
    pass();
    return shared.sums.gradient(ofModel(at), true, fraction);
  }

  private double value(Parameters at, Partial sums) {
    double value = factor * shared.sums.losses(sums);
    return l2() == 0 ? value : value + l2() / 2 * Vectors.dot(at.weights(), at.weights());
  }

  @Override
  public void hessianTimes(Parameters v, Parameters result) {
    pass();
    complete(v, shared.sums.product(ofModel(v), fraction), result);
  }

  @Override
  public double[][] coupling(int ofEach) {
    Partial sums = shared.sums.coupling(ofEach);
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
    Partial sums = shared.sums.border(combination, ofEach);
    FloatMatrix border = sums.gradient().weights();
    for (int i = 0; i < features; i++) {
      h[i][features] = scale * border.get(i, 0);
    }
    h[features][features] = scale * sums.number(0);
    for (int i = 0; i < features && shared.scales != null; i++) {
      h[i][features] -= shared.scales.mean(i) * h[features][features];
    }
    shared.sums.square(shared.scales, ofEach, scale, h);
    shared.passes += 2.0 / ofEach;
    for (int i = 0; i < features; i++) {
      h[i][i] += squares * l2();
    }
  }

  @Override
  public void combine(double[][] c, Parameters result) {
    pass();
    Partial sums = local().combine(c);
    shared.sums.weights(
        (fromLine, toLine) -> {
          for (int s = 0; s < result.stretches(); s++) {
            int from = result.rowOf(s, fromLine);
            copy(sums.gradient().stretch(s), from, result.rowOf(s, toLine), result.stretch(s));
          }
        });
  }

  @Override
  public void project(Parameters v, double[][] products) {
    pass();
    local().project(v, products);
  }

  private void pass() {
    shared.passes += 1.0 / fraction;
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
    shared.sums.weights(
        (fromLine, toLine) -> {
          for (int s = 0; s < result.stretches(); s++) {
            int from = result.rowOf(s, fromLine);
            int to = result.rowOf(s, toLine);
            FloatMatrix w = result.stretch(s);
            copy(penalised.stretch(s), from, to, w);
            kernels.update(w, (float) l2(), (float) factor, sums.gradient().stretch(s), from, to);
          }
        });
    for (int k = 0; k < outputs; k++) {
      double errors = problem.intercept() ? factor * sums.number(k) : 0;
      result.setBias(k, (float) errors);
      if (shared.scales != null) {
        shared.scales.center(result.weights(), k, errors);
      }
    }
  }

  private static void copy(FloatMatrix from, int fromRow, int toRow, FloatMatrix result) {
    long offset = (long) fromRow * Float.BYTES;
    long bytes = (long) (toRow - fromRow) * Float.BYTES;
    MemorySegment.copy(from.segment(), offset, result.segment(), offset, bytes);
  }
}
