package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.BlockTree;
import dev.lanewise.pass.CrossEntropy;
import dev.lanewise.pass.Pass;
import dev.lanewise.pass.Step;
import dev.lanewise.pass.Sums;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.ManyColumns;
import dev.lanewise.solve.Objective;
import dev.lanewise.solve.Point;
import dev.lanewise.solve.Scales;
import dev.lanewise.solve.Vectors;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * m times the cost of softmax regression as solvers see it: sum s_j L_j + l2/2 |W|^2, its
 * derivatives, and l1, by passes over the samples. All K columns of W are there, and the penalty
 * chooses among the many that say the same.
 *
 * <p>A part of the samples shares its memory with the whole: what was computed last, of either,
 * holds.
 */
final class SoftmaxObjective extends SampleCost implements ManyColumns {

  /** What an objective and its parts share. */
  private static final class Shared extends SampleCost.Shared {

    /** z, then e and other factors of samples, each m x K, and L. */
    private final CrossEntropy crossEntropy;

    /** p, m x K. */
    private final FloatMatrix probabilities;

    /** No class, m x 1. */
    private final FloatMatrix noLabels;

    /** D of a combination of the columns, m x 1. */
    private final FloatMatrix curvature;

    private final AtomicInteger next = new AtomicInteger();
    private Pass passOfOne;

    Shared(
        Arena arena, Kernels kernels, Team team, Problem problem, GramSource grams, Scales scales) {
      super(arena, kernels, team, problem, grams, scales);
      int columns = problem.columns();
      int m = problem.samples();
      this.crossEntropy = new CrossEntropy(arena, kernels, problem.y(), problem.weights(), columns);
      this.probabilities = FloatMatrix.allocate(arena, m, columns);
      this.noLabels = FloatMatrix.allocate(arena, m, 1);
      this.curvature = FloatMatrix.allocate(arena, m, 1);
      for (int j = 0; j < m; j++) {
        noLabels.set(j, 0, -1);
      }
    }
  }

  private final Shared shared;
  private final int columns;

  /** The part whose p is that of z, one sample in so many; 0 for none. */
  private int knownShare;

  SoftmaxObjective(Arena arena, Kernels kernels, Team team, Problem problem) {
    this(arena, kernels, team, problem, GramSource.OWN, null);
  }

  SoftmaxObjective(
      Arena arena, Kernels kernels, Team team, Problem problem, GramSource grams, Scales scales) {
    this(new Shared(arena, kernels, team, problem, grams, scales), 1);
  }

  private SoftmaxObjective(Shared shared, int share) {
    super(shared, share);
    this.shared = shared;
    this.columns = problem.columns();
  }

  /** The memory that passes over X take, beside matrices of d x d. */
  static long byteSize(SampleMatrix x, int members, int columns) {
    int m = x.columns();
    return Pass.byteSize(x, members, columns)
        + Pass.byteSize(x, members, 1)
        + CrossEntropy.byteSize(m, columns)
        + FloatMatrix.byteSize(m, columns) // p
        + 4 * FloatMatrix.byteSize(m, 1); // y, s, D, and no labels
  }

  @Override
  public Objective part(int ofEach) {
    return new SoftmaxObjective(shared, ofEach);
  }

  @Override
  public void each(int count, IntConsumer task) {
    shared.next.set(0);
    shared.team.run(
        member -> {
          for (int i = shared.next.getAndIncrement(); i < count; ) {
            task.accept(i);
            i = shared.next.getAndIncrement();
          }
        });
  }

  @Override
  public double valueAndGradient(Point at, Point gradient) {
    knownShare = 0;
    Sums sums = run(new GradientStep(ofModel(at), gradient.weights()));
    setBias(sums, gradient);
    double value = factor * sums.losses();
    return l2() == 0 ? value : value + l2() / 2 * Vectors.dot(at.weights(), at.weights());
  }

  @Override
  public void hessianTimes(Point v, Point result) {
    findProbabilities(share);
    setBias(run(new HessianStep(ofModel(v), result.weights())), result);
  }

  @Override
  public double[][] curvature(int ofEach) {
    findProbabilities(ofEach);
    double[][] sum = new double[columns][columns];
    double[] p = new double[columns];
    for (int block = 0; block < BlockTree.blocks(problem.samples()); block++) {
      int to = end(block, ofEach);
      for (int j = block * BlockTree.BLOCK; j < to; j++) {
        double weight = problem.weights() == null ? 1 : problem.weights().get(j, 0);
        for (int k = 0; k < columns; k++) {
          p[k] = shared.probabilities.get(j, k);
        }
        for (int k = 0; k < columns; k++) {
          sum[k][k] += weight * p[k];
          for (int l = 0; l < columns; l++) {
            sum[k][l] -= weight * p[k] * p[l];
          }
        }
      }
    }
    return sum;
  }

  @Override
  public void hessian(double[] combination, int ofEach, double[][] h) {
    if (shared.passOfOne == null) {
      shared.passOfOne = Pass.over(shared.arena, kernels, shared.team, problem.x(), 1);
    }
    findProbabilities(ofEach);
    eachBlock(ofEach, (from, to) -> curve(combination, from, to));
    int features = problem.x().rows();
    double scale = (double) problem.samples() / Pass.samples(problem.samples(), ofEach);
    double squares = 0;
    for (double c : combination) {
      squares = Math.fma(c, c, squares);
    }
    // The last column and row are those of the bias: X D 1, and the sum of D.
    Sums sums = shared.passOfOne.run(new BorderStep(), ofEach);
    FloatMatrix border = sums.gradient();
    for (int i = 0; i < features; i++) {
      h[i][features] = scale * border.get(i, 0);
    }
    h[features][features] = scale * sums.errors();
    centerBorder(h);
    shared.hessian().compute(shared.curvature, ofEach, scale, h);
    shared.passes += 2.0 / ofEach;
    for (int i = 0; i < features; i++) {
      h[i][i] += squares * l2();
    }
  }

  @Override
  public void combine(double[][] c, Point result) {
    Doubles.round(c, shared.crossEntropy.errors());
    run(new CombinationStep(result.weights()));
  }

  @Override
  public void project(Point v, double[][] products) {
    run(new ProjectionStep(v));
    Doubles.copy(shared.crossEntropy.errors(), products);
  }

  @Override
  public void setScores(double[][] z) {
    Doubles.round(z, shared.crossEntropy.outputs());
    knownShare = 0;
  }

  @Override
  public FloatMatrix scores(Point at) {
    run(new ScoreStep(at));
    knownShare = 0;
    return shared.crossEntropy.outputs();
  }

  private interface Range {
    void from(int from, int to);
  }

  private void eachBlock(int ofEach, Range range) {
    each(
        BlockTree.blocks(problem.samples()),
        block -> range.from(block * BlockTree.BLOCK, end(block, ofEach)));
  }

  /** p of a part of the samples, whose outputs are known. */
  private void findProbabilities(int ofEach) {
    if (knownShare > 0 && knownShare <= ofEach) {
      return;
    }
    // What is lost has been summed.
    FloatMatrix losses = shared.crossEntropy.losses();
    FloatMatrix z = shared.crossEntropy.outputs();
    eachBlock(
        ofEach,
        (from, to) -> kernels.softmax(z, shared.noLabels, from, to, shared.probabilities, losses));
    knownShare = ofEach;
  }

  /** D of a combination c of the columns: the sum of p_k (c_k - mean)^2, times s. */
  private void curve(double[] combination, int from, int to) {
    for (int j = from; j < to; j++) {
      double mean = 0;
      for (int k = 0; k < columns; k++) {
        mean = Math.fma(shared.probabilities.get(j, k), combination[k], mean);
      }
      double sum = 0;
      for (int k = 0; k < columns; k++) {
        double distance = combination[k] - mean;
        sum = Math.fma(shared.probabilities.get(j, k) * distance, distance, sum);
      }
      shared.curvature.set(j, 0, (float) sum);
    }
    if (problem.weights() != null) {
      kernels.multiply(shared.curvature, problem.weights(), from, to);
    }
  }

  /** The way back with the factors of the samples. */
  private abstract class FactorStep implements Step {

    @Override
    public void back(
        SampleMatrix samples, int from, int to, int fromRow, int toRow, FloatMatrix sum) {
      kernels.gradient(samples, from, to, shared.crossEntropy.errors(), fromRow, toRow, sum);
    }

    @Override
    public void sumNumbers(int from, int to, Sums sums) {
      shared.crossEntropy.sum(from, to, false, sums);
    }
  }

  /** Equations (1) to (7). */
  private final class GradientStep extends FactorStep {

    private final Point at;
    private final FloatMatrix result;

    GradientStep(Point at, FloatMatrix result) {
      this.at = at;
      this.result = result;
    }

    @Override
    public void forward(SampleMatrix samples, int from, int to) {
      shared.crossEntropy.forward(samples, from, to, at.weights(), at.bias());
      shared.crossEntropy.compare(from, to, true);
    }

    @Override
    public void sumNumbers(int from, int to, Sums sums) {
      shared.crossEntropy.sum(from, to, true, sums);
    }

    @Override
    public void complete(FloatMatrix sum, int fromRow, int toRow) {
      SoftmaxObjective.this.complete(at.weights(), sum, fromRow, toRow, result);
    }
  }

  /** X times the curvature of X'V + v_b, and l2 V. */
  private final class HessianStep extends FactorStep {

    private final Point v;
    private final FloatMatrix result;

    HessianStep(Point v, FloatMatrix result) {
      this.v = v;
      this.result = result;
    }

    @Override
    public void forward(SampleMatrix samples, int from, int to) {
      FloatMatrix factors = shared.crossEntropy.errors();
      kernels.forward(samples, from, to, v.weights(), v.bias(), factors);
      kernels.softmaxCurvature(shared.probabilities, factors, from, to);
      weigh(factors, from, to);
    }

    @Override
    public void complete(FloatMatrix sum, int fromRow, int toRow) {
      SoftmaxObjective.this.complete(v.weights(), sum, fromRow, toRow, result);
    }
  }

  /** X D 1, and the sum of D. */
  private final class BorderStep implements Step {

    @Override
    public void forward(SampleMatrix samples, int from, int to) {
      // D is there already.
    }

    @Override
    public void back(
        SampleMatrix samples, int from, int to, int fromRow, int toRow, FloatMatrix sum) {
      kernels.gradient(samples, from, to, shared.curvature, fromRow, toRow, sum);
    }

    @Override
    public void sumNumbers(int from, int to, Sums sums) {
      sums.set(kernels.sum(shared.curvature, 0, from, to), 0);
    }

    @Override
    public void complete(FloatMatrix sum, int fromRow, int toRow) {
      // The sums are what is wanted.
    }
  }

  /** X C. */
  private final class CombinationStep extends FactorStep {

    private final FloatMatrix result;

    CombinationStep(FloatMatrix result) {
      this.result = result;
    }

    @Override
    public void forward(SampleMatrix samples, int from, int to) {
      // The factors are there already.
    }

    @Override
    public void complete(FloatMatrix sum, int fromRow, int toRow) {
      copy(sum, fromRow, toRow, result);
    }
  }

  /** X'V, without biases. */
  private final class ProjectionStep extends OneWayStep {

    private final Point v;
    private final float[] noBias = new float[columns];

    ProjectionStep(Point v) {
      this.v = v;
    }

    @Override
    public void forward(SampleMatrix samples, int from, int to) {
      kernels.forward(samples, from, to, v.weights(), noBias, shared.crossEntropy.errors());
    }
  }

  /** X'W + b. */
  private final class ScoreStep extends OneWayStep {

    private final Point at;

    ScoreStep(Point at) {
      this.at = at;
    }

    @Override
    public void forward(SampleMatrix samples, int from, int to) {
      shared.crossEntropy.forward(samples, from, to, at.weights(), at.bias());
    }
  }
}
