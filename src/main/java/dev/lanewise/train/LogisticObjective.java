package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.Pass;
import dev.lanewise.pass.Step;
import dev.lanewise.pass.Sums;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Objective;
import dev.lanewise.solve.Point;
import dev.lanewise.solve.Scales;
import dev.lanewise.solve.Vectors;
import java.lang.foreign.Arena;

/**
 * m times the cost as solvers see it: sum s_j L_j + l2/2 |w|^2, its derivatives, and l1, by passes
 * over the samples.
 *
 * <p>A part of the samples shares its memory with the whole: what was computed last, of either,
 * holds.
 */
final class LogisticObjective extends SampleCost {

  /** What an objective and its parts share. */
  private static final class Shared extends SampleCost.Shared {

    /** z, then e and other factors of samples, L, and D, each m x 1. */
    private final FloatMatrix z;

    private final FloatMatrix factors;
    private final FloatMatrix losses;
    private final FloatMatrix curvature;

    Shared(
        Arena arena, Kernels kernels, Team team, Problem problem, GramSource grams, Scales scales) {
      super(arena, kernels, team, problem, grams, scales);
      int m = problem.samples();
      this.z = FloatMatrix.allocate(arena, m, 1);
      this.factors = FloatMatrix.allocate(arena, m, 1);
      this.losses = FloatMatrix.allocate(arena, m, 1);
      this.curvature = FloatMatrix.allocate(arena, m, 1);
    }
  }

  private static final float[] NO_BIAS = {0f};

  private final Shared shared;

  /** Whether D is that of z. */
  private boolean curved;

  LogisticObjective(Arena arena, Kernels kernels, Team team, Problem problem) {
    this(arena, kernels, team, problem, GramSource.OWN, null);
  }

  LogisticObjective(
      Arena arena, Kernels kernels, Team team, Problem problem, GramSource grams, Scales scales) {
    this(new Shared(arena, kernels, team, problem, grams, scales), 1);
  }

  private LogisticObjective(Shared shared, int share) {
    super(shared, share);
    this.shared = shared;
  }

  /** The memory that passes over X take, beside matrices of d x d or m x m. */
  static long byteSize(SampleMatrix x, int members) {
    return Pass.byteSize(x, members, 1)
        + 6 * FloatMatrix.byteSize(x.columns(), 1); // y, s, and z to D
  }

  @Override
  public Objective part(int ofEach) {
    return new LogisticObjective(shared, ofEach);
  }

  @Override
  public double valueAndGradient(Point at, Point gradient) {
    curved = false;
    Sums sums = run(new GradientStep(ofModel(at), gradient.weights()));
    setBias(sums, gradient);
    double value = factor * sums.losses();
    return l2() == 0 ? value : value + l2() / 2 * Vectors.dot(at.weights(), at.weights());
  }

  @Override
  public void hessianTimes(Point v, Point result) {
    Sums sums = run(new HessianStep(ofModel(v), result.weights()));
    curved = true;
    setBias(sums, result);
  }

  @Override
  public void hessian(double[] combination, int ofEach, double[][] h) {
    int features = problem.x().rows();
    double scale = (double) problem.samples() / Pass.samples(problem.samples(), ofEach);
    // The last column and row are those of the bias: X D 1, and the sum of D.
    FloatMatrix border = FloatMatrix.allocate(shared.arena, features, 1);
    Sums sums = shared.pass.run(new BorderStep(border), ofEach);
    shared.hessian().compute(shared.curvature, ofEach, scale, h);
    shared.passes += 2.0 / ofEach;
    for (int i = 0; i < features; i++) {
      h[i][i] += l2();
      h[i][features] = scale * border.get(i, 0);
    }
    h[features][features] = scale * sums.errors();
    centerBorder(h);
  }

  @Override
  public void combine(double[][] c, Point result) {
    Doubles.round(c, shared.factors);
    run(new CombinationStep(result.weights()));
  }

  @Override
  public void project(Point v, double[][] products) {
    run(new ProjectionStep(v));
    Doubles.copy(shared.factors, products);
  }

  @Override
  public void setScores(double[][] z) {
    Doubles.round(z, shared.z);
    curved = false;
  }

  @Override
  public FloatMatrix scores(Point at) {
    run(new ScoreStep(at));
    curved = false;
    return shared.z;
  }

  /** D of some samples, whose scores are known. */
  private void curve(int from, int to) {
    kernels.curvature(shared.z, from, to, shared.curvature);
    weigh(shared.curvature, from, to);
  }

  /** The way back with the factors of the samples. */
  private abstract class FactorStep implements Step {

    @Override
    public void back(
        SampleMatrix columns, int from, int to, int fromRow, int toRow, FloatMatrix sum) {
      kernels.gradient(columns, from, to, shared.factors, fromRow, toRow, sum);
    }

    @Override
    public void sumNumbers(int from, int to, Sums sums) {
      sums.set(kernels.sum(shared.factors, 0, from, to), 0);
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
    public void forward(SampleMatrix columns, int from, int to) {
      kernels.forward(columns, from, to, at.weights(), at.bias(), shared.z);
      kernels.error(shared.z, problem.y(), from, to, shared.factors);
      kernels.loss(shared.z, problem.y(), from, to, shared.losses);
      weigh(shared.factors, from, to);
      weigh(shared.losses, from, to);
    }

    @Override
    public void sumNumbers(int from, int to, Sums sums) {
      sums.set(kernels.sum(shared.factors, 0, from, to), kernels.sum(shared.losses, 0, from, to));
    }

    @Override
    public void complete(FloatMatrix sum, int fromRow, int toRow) {
      LogisticObjective.this.complete(at.weights(), sum, fromRow, toRow, result);
    }
  }

  /** X D (X'v + v_b) + l2 v. */
  private final class HessianStep extends FactorStep {

    private final Point v;
    private final FloatMatrix result;

    HessianStep(Point v, FloatMatrix result) {
      this.v = v;
      this.result = result;
    }

    @Override
    public void forward(SampleMatrix columns, int from, int to) {
      if (!curved) {
        curve(from, to);
      }
      kernels.forward(columns, from, to, v.weights(), v.bias(), shared.factors);
      kernels.multiply(shared.factors, shared.curvature, from, to);
    }

    @Override
    public void complete(FloatMatrix sum, int fromRow, int toRow) {
      LogisticObjective.this.complete(v.weights(), sum, fromRow, toRow, result);
    }
  }

  /** X D 1, not multiplied with the factor, and the sum of D. */
  private final class BorderStep implements Step {

    private final FloatMatrix result;

    BorderStep(FloatMatrix result) {
      this.result = result;
    }

    @Override
    public void forward(SampleMatrix columns, int from, int to) {
      curve(from, to);
    }

    @Override
    public void back(
        SampleMatrix columns, int from, int to, int fromRow, int toRow, FloatMatrix sum) {
      kernels.gradient(columns, from, to, shared.curvature, fromRow, toRow, sum);
    }

    @Override
    public void sumNumbers(int from, int to, Sums sums) {
      sums.set(kernels.sum(shared.curvature, 0, from, to), 0);
    }

    @Override
    public void complete(FloatMatrix sum, int fromRow, int toRow) {
      copy(sum, fromRow, toRow, result);
    }
  }

  /** X c. */
  private final class CombinationStep extends FactorStep {

    private final FloatMatrix result;

    CombinationStep(FloatMatrix result) {
      this.result = result;
    }

    @Override
    public void forward(SampleMatrix columns, int from, int to) {
      // The factors are there already.
    }

    @Override
    public void complete(FloatMatrix sum, int fromRow, int toRow) {
      copy(sum, fromRow, toRow, result);
    }
  }

  /** X'v. */
  private final class ProjectionStep extends OneWayStep {

    private final Point v;

    ProjectionStep(Point v) {
      this.v = v;
    }

    @Override
    public void forward(SampleMatrix columns, int from, int to) {
      kernels.forward(columns, from, to, v.weights(), NO_BIAS, shared.factors);
    }
  }

  /** X'w + b. */
  private final class ScoreStep extends OneWayStep {

    private final Point at;

    ScoreStep(Point at) {
      this.at = at;
    }

    @Override
    public void forward(SampleMatrix columns, int from, int to) {
      kernels.forward(columns, from, to, at.weights(), at.bias(), shared.z);
    }
  }
}
