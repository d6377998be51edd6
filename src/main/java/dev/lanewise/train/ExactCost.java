package dev.lanewise.train;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.DoublePass;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.ExactObjective;
import dev.lanewise.solve.ManyColumns;
import dev.lanewise.solve.Objective;
import dev.lanewise.solve.Point;
import dev.lanewise.solve.Scales;
import dev.lanewise.solve.Vectors;
import java.util.function.IntConsumer;

/**
 * m times the cost of a problem with value and gradient in double, in the coordinates of scales.
 * Products with the second derivative are those of the cost in float32, at the scores that were
 * found in double.
 */
final class ExactCost implements ExactObjective, ManyColumns {

  // Parameters of a second derivative that is made in double, and multiply-adds that it may take.
  private static final int MOST_PARAMETERS = 768;
  private static final double MOST_WORK = 1 << 27;

  private final Team team;
  private final Problem problem;
  private final Cost cost;
  private final Scales scales;
  private final DoublePass pass;
  private final int features;
  private final int columns;
  private double passes;

  /** Scores, K columns of m numbers, where it was computed last. */
  private final double[][] z;

  ExactCost(DoublePass pass, Team team, Problem problem, Cost cost, Scales scales) {
    this.team = team;
    this.problem = problem;
    this.cost = cost;
    this.scales = scales;
    this.pass = pass;
    this.features = problem.x().rows();
    this.columns = problem.columns();
    this.z = new double[columns][problem.samples()];
  }

  /** The memory that it takes. */
  static long byteSize(SampleMatrix x, int members, int columns) {
    return DoublePass.byteSize(x, members, (x.rows() + 1L) * columns + 1)
        + 2L * Double.BYTES * columns * (x.columns() + x.rows())
        + 4L * Double.BYTES * MOST_PARAMETERS * MOST_PARAMETERS;
  }

  /** The scales of a problem, in one pass. */
  static Scales scales(DoublePass pass, Problem problem) {
    int features = problem.x().rows();
    int first = 0;
    while (first < problem.samples() - 1 && problem.weight(first) == 0) {
      first++;
    }
    // About a sample, whose distance from the mean is that of any other.
    float[] centre = problem.x().column(first);
    double[] sums =
        pass.sum(
            2 * features + 1,
            (j, x, sum) -> {
              double weight = problem.weight(j);
              sum[2 * features] += weight;
              for (int i = 0; i < features; i++) {
                double distance = (double) x[i] - centre[i];
                sum[i] += weight * distance;
                sum[features + i] += weight * distance * distance;
              }
            });
    double weight = sums[2 * features];
    double[] means = new double[features];
    double[] squares = new double[features];
    for (int i = 0; i < features; i++) {
      double shift = sums[i] / weight;
      means[i] = centre[i] + shift;
      squares[i] = Math.max(0, sums[features + i] - shift * sums[i]);
    }
    return Scales.of(means, squares, weight, problem.columns(), problem.penalty().l2());
  }

  @Override
  public double valueAndGradient(Point at, Point gradient) {
    Point model = scales.ofModel(at);
    double[][] w = Doubles.columns(at.weights());
    int biases = columns * features;
    double[] sums =
        pass.sum(
            biases + columns + 1,
            (j, x, sum) -> {
              double[] e = new double[columns];
              for (int k = 0; k < columns; k++) {
                z[k][j] = dot(w[k], x) + model.bias()[k];
              }
              sum[biases + columns] += look(j, e);
              for (int k = 0; k < columns; k++) {
                sum[biases + k] += e[k];
                add(sum, k * features, e[k], x);
              }
            });
    passes++;
    cost.setScores(z);
    for (int k = 0; k < columns; k++) {
      double ofBias = sums[biases + k];
      for (int i = 0; i < features; i++) {
        double slope = sums[k * features + i] - scales.mean(i) * ofBias;
        gradient.weights().set(i, k, (float) (slope + l2() * w[k][i]));
      }
      gradient.bias()[k] = (float) ofBias;
    }
    double value = sums[biases + columns];
    return l2() == 0 ? value : value + l2() / 2 * Vectors.dot(at.weights(), at.weights());
  }

  // In four chains, which the processor works on at once.
  private static double dot(double[] w, float[] x) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= x.length; i += 4) {
      a = Math.fma(w[i], (double) x[i], a);
      b = Math.fma(w[i + 1], (double) x[i + 1], b);
      c = Math.fma(w[i + 2], (double) x[i + 2], c);
      d = Math.fma(w[i + 3], (double) x[i + 3], d);
    }
    for (; i < x.length; i++) {
      a = Math.fma(w[i], (double) x[i], a);
    }
    return a + b + (c + d);
  }

  private static void add(double[] sum, int from, double factor, float[] x) {
    for (int i = 0; i < x.length; i++) {
      sum[from + i] = Math.fma(factor, (double) x[i], sum[from + i]);
    }
  }

  /** The loss of a sample by its scores, and its errors, both weighed. */
  private double look(int j, double[] e) {
    double weight = problem.weight(j);
    int label = (int) problem.y().get(j, 0);
    if (columns == 1) {
      double sign = 1 - 2 * label;
      double t = sign * z[0][j];
      double power = StrictMath.exp(-Math.abs(t));
      e[0] = weight * sign * (t > 0 ? 1 : power) / (1 + power);
      return weight * (Math.max(t, 0) + StrictMath.log1p(power));
    }
    double top = top(j);
    double sum = 0;
    double others = 0;
    double below = 0;
    boolean topSeen = false;
    for (int k = 0; k < columns; k++) {
      e[k] = StrictMath.exp(z[k][j] - top);
      sum += e[k];
      others += k == label ? 0 : e[k];
      boolean isTop = !topSeen && z[k][j] == top;
      topSeen |= isTop;
      below += isTop ? 0 : e[k];
    }
    for (int k = 0; k < columns; k++) {
      // p - 1 without the cancellation.
      e[k] = weight * (k == label ? -others : e[k]) / sum;
    }
    return weight * (top - z[label][j] + StrictMath.log1p(below));
  }

  private double top(int j) {
    double top = z[0][j];
    for (int k = 1; k < columns; k++) {
      top = Math.max(top, z[k][j]);
    }
    return top;
  }

  /** The probabilities of a sample with scores. */
  private void probabilities(double[] scores, double[] p) {
    if (columns == 1) {
      p[0] = 1 / (1 + StrictMath.exp(-scores[0]));
      return;
    }
    double top = scores[0];
    for (double score : scores) {
      top = Math.max(top, score);
    }
    double sum = 0;
    for (int k = 0; k < columns; k++) {
      p[k] = StrictMath.exp(scores[k] - top);
      sum += p[k];
    }
    for (int k = 0; k < columns; k++) {
      p[k] /= sum;
    }
  }

  /** How far probabilities are off where scores are others than those found last. */
  private double difference(int j, double[] scores, double[] p, double[] others) {
    probabilities(scores, others);
    for (int k = 0; k < columns; k++) {
      scores[k] = z[k][j];
    }
    probabilities(scores, p);
    double largest = 0;
    for (int k = 0; k < columns; k++) {
      largest = Math.max(largest, Math.abs(p[k] - others[k]));
    }
    return largest;
  }

  @Override
  public Change change(Point step) {
    double[][] w = Doubles.columns(step.weights());
    double[][] by = new double[columns][problem.samples()];
    double[] bias = new double[columns];
    for (int k = 0; k < columns; k++) {
      bias[k] = scales.bias(step, k);
    }
    pass.sum(
        0,
        (j, x, sum) -> {
          for (int k = 0; k < columns; k++) {
            by[k][j] = dot(w[k], x) + bias[k];
          }
        });
    passes++;
    double probability = 0;
    double highest = 0;
    double lowest = 0;
    double[] scores = new double[columns];
    double[] p = new double[columns];
    double[] others = new double[columns];
    for (int j = 0; j < problem.samples(); j++) {
      int label = (int) problem.y().get(j, 0);
      for (int k = 0; k < columns; k++) {
        double margin = columns == 1 ? (2 * label - 1) * by[0][j] : by[label][j] - by[k][j];
        highest = problem.weight(j) == 0 ? highest : Math.max(highest, margin);
        lowest = problem.weight(j) == 0 ? lowest : Math.min(lowest, margin);
        scores[k] = z[k][j] + by[k][j];
      }
      probability = Math.max(probability, difference(j, scores, p, others));
    }
    return new Change(probability, highest, lowest);
  }

  /**
   * How far the probabilities of the model in float32 are from those in double.
   *
   * @param at where the value was computed last
   */
  double predictionError(Point at) {
    FloatMatrix rounded = cost.scores(scales.ofModel(at));
    double[] scores = new double[columns];
    double[] p = new double[columns];
    double[] others = new double[columns];
    double largest = 0;
    for (int j = 0; j < problem.samples(); j++) {
      for (int k = 0; k < columns; k++) {
        scores[k] = rounded.get(j, k);
      }
      largest = Math.max(largest, difference(j, scores, p, others));
    }
    return largest;
  }

  /**
   * Whether the scores found last tell the classes apart: every sample that weighs anything lies on
   * the right side. Then the classes are separable, and without a penalty the cost has no least.
   */
  boolean separates() {
    for (int j = 0; j < problem.samples(); j++) {
      int label = (int) problem.y().get(j, 0);
      boolean right = columns > 1 || (2 * label - 1) * z[0][j] > 0;
      for (int k = 0; columns > 1 && k < columns; k++) {
        right &= k == label || z[label][j] > z[k][j];
      }
      if (!right && problem.weight(j) > 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isSmall() {
    double n = columns * (features + 1.0);
    return n <= MOST_PARAMETERS && n * n / 2 * problem.samples() <= MOST_WORK;
  }

  @Override
  public double[][] hessian() {
    int n = features + 1;
    double[][] h = new double[columns * n][columns * n];
    team.run(member -> addTo(h, member));
    passes++;
    for (int c = 0; c < columns * n; c++) {
      double unit = scales.unit(c % n);
      boolean isBias = c % n == features;
      h[c][c] += isBias || unit == 0 ? 0 : l2() / unit / unit;
    }
    return h;
  }

  /** The columns of the second derivative that a member has, each a sum in the samples' order. */
  private void addTo(double[][] h, int member) {
    int n = features + 1;
    double[] v = new double[n];
    double[] p = new double[columns];
    double[] scores = new double[columns];
    for (int j = 0; j < problem.samples(); j++) {
      double weight = problem.weight(j);
      float[] x = problem.x().column(j);
      for (int i = 0; i < features; i++) {
        double unit = scales.unit(i);
        v[i] = unit == 0 ? 0 : (x[i] - scales.mean(i)) / unit;
      }
      v[features] = 1 / scales.unit(features);
      for (int k = 0; k < columns; k++) {
        scores[k] = z[k][j];
      }
      probabilities(scores, p);
      for (int c = member; c < columns * n; c += team.size()) {
        int k = c / n;
        double factor = weight * p[k] * v[c % n];
        for (int l = k; l < columns; l++) {
          double curvature = columns == 1 ? oneLess(scores[0]) : l == k ? 1 - p[k] : -p[l];
          addTo(h[c], l * n, l == k ? c % n : 0, factor * curvature, v);
        }
      }
    }
    if (problem.x() instanceof MappedMatrix mapped) {
      mapped.settle();
    }
  }

  private static double oneLess(double score) {
    return 1 / (1 + StrictMath.exp(score));
  }

  private static void addTo(double[] column, int offset, int from, double factor, double[] v) {
    for (int i = from; i < v.length; i++) {
      column[offset + i] = Math.fma(factor, v[i], column[offset + i]);
    }
  }

  @Override
  public double noise(double value) {
    return 0x1p-48 * Math.abs(value);
  }

  @Override
  public void hessianTimes(Point v, Point result) {
    cost.hessianTimes(v, result);
  }

  @Override
  public void hessian(double[] combination, int share, double[][] h) {
    cost.hessian(combination, share, h);
  }

  @Override
  public double[][] curvature(int share) {
    return ((ManyColumns) cost).curvature(share);
  }

  @Override
  public void each(int count, IntConsumer task) {
    cost.each(count, task);
  }

  @Override
  public Objective part(int share) {
    return cost.part(share);
  }

  @Override
  public double valueAtZero() {
    return cost.valueAtZero();
  }

  @Override
  public boolean hasEveryClass() {
    return cost.hasEveryClass();
  }

  @Override
  public double l2() {
    return cost.l2();
  }

  @Override
  public double l1() {
    return cost.l1();
  }

  @Override
  public double passes() {
    return cost.passes() + passes;
  }
}
