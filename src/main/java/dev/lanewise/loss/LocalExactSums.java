// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.BlockFunction;
import dev.lanewise.exec.LocalExecutor;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.reduce.BlockTree;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;

/** The sums of {@link LocalSums} that are computed in double. */
final class LocalExactSums {

  // Each task reads all samples, so there are few: as many as most machines have cores.
  private static final int HESSIAN_TASKS = 4;

  private final Problem problem;
  private final LocalExecutor executor;
  private final ExactLoss loss;
  private final int features;
  private final int outputs;

  /** Scores where it was computed last, what a step adds to them, and errors, K columns of m. */
  private final double[][] z;

  private final double[][] change;
  private final double[][] errors;

  /** m losses. */
  private final double[] losses;

  LocalExactSums(Workspace workspace, LocalExecutor executor, Problem problem) {
    this.problem = problem;
    this.executor = executor;
    this.features = problem.x().rows();
    this.outputs = problem.outputs();
    this.loss = new ExactLoss(outputs);
    this.z = workspace.doubles(outputs, problem.samples());
    this.change = workspace.doubles(outputs, problem.samples());
    this.errors = workspace.doubles(outputs, problem.samples());
    this.losses = workspace.doubles(1, problem.samples())[0];
    executor.reserve(SumShapes.exact(features, outputs));
  }

  /** Returns the scores of the last {@link #gradient}: K arrays of m. */
  double[][] scores() {
    return z;
  }

  Partial gradient(double[][] w, Parameters model) {
    return executor.run(new ExactGradient(w, model));
  }

  /** Equations (1) to (7) in double. */
  private final class ExactGradient implements BlockFunction {

    private final double[][] w;
    private final Parameters model;

    ExactGradient(double[][] w, Parameters model) {
      this.w = w;
      this.model = model;
    }

    @Override
    public PartialShape shape() {
      return SumShapes.exact(features, outputs);
    }

    @Override
    public void forward(SampleMatrix x, int from, int to) {
      double[] scores = new double[outputs];
      double[] e = new double[outputs];
      for (int j = from; j < to; j++) {
        float[] sample = x.column(j);
        for (int k = 0; k < outputs; k++) {
          scores[k] = dot(w[k], sample) + model.bias(k); // (1)
          z[k][j] = scores[k];
        }
        double weight = problem.weight(j);
        losses[j] = weight * loss.compare(scores, problem.label(j), e); // (2), (3)
        for (int k = 0; k < outputs; k++) {
          errors[k][j] = weight * e[k];
        }
      }
    }

    @Override
    public void backward(
        SampleMatrix x, int from, int to, int fromRow, int toRow, Partial partial) {
      int end = Math.min(toRow, features);
      for (int j = from; j < to; j++) {
        float[] sample = x.column(j);
        for (int k = 0; k < outputs; k++) {
          add(partial.doubles(k), errors[k][j], sample, fromRow, end); // (6)
        }
      }
    }

    @Override
    public void finish(int from, int to, Partial partial) {
      for (int k = 0; k < outputs; k++) {
        partial.setNumber(k, sum(errors[k], from, to)); // (7)
      }
      partial.setNumber(outputs, sum(losses, from, to)); // (4)
    }
  }

  private static double sum(double[] values, int from, int to) {
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum += values[j];
    }
    return sum;
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

  private static void add(double[] sum, double factor, float[] x, int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] = Math.fma(factor, (double) x[i], sum[i]);
    }
  }

  ExactObjective.Change change(double[][] w, double[] bias) {
    executor.run(new ChangeOfScores(w, bias));
    double probability = 0;
    double highest = 0;
    double lowest = 0;
    double[] next = new double[outputs];
    for (int j = 0; j < problem.samples(); j++) {
      int label = problem.label(j);
      for (int k = 0; k < outputs; k++) {
        double margin =
            outputs == 1 ? (2 * label - 1) * change[0][j] : change[label][j] - change[k][j];
        highest = problem.weight(j) == 0 ? highest : Math.max(highest, margin);
        lowest = problem.weight(j) == 0 ? lowest : Math.min(lowest, margin);
        next[k] = z[k][j] + change[k][j];
      }
      probability = Math.max(probability, difference(j, next));
    }
    return new ExactObjective.Change(probability, highest, lowest);
  }

  /** X'V + v_b of a step, in double. */
  private final class ChangeOfScores implements BlockFunction {

    private final double[][] w;
    private final double[] bias;

    ChangeOfScores(double[][] w, double[] bias) {
      this.w = w;
      this.bias = bias;
    }

    @Override
    public PartialShape shape() {
      return PartialShape.EMPTY;
    }

    @Override
    public void forward(SampleMatrix x, int from, int to) {
      for (int j = from; j < to; j++) {
        float[] sample = x.column(j);
        for (int k = 0; k < outputs; k++) {
          change[k][j] = dot(w[k], sample) + bias[k];
        }
      }
    }
  }

  /** How far the probabilities of a sample move where its scores are others than those found. */
  private double difference(int j, double[] scores) {
    double[] others = new double[outputs];
    double[] p = new double[outputs];
    loss.probabilities(scores, others);
    loss.probabilities(scoresOf(j), p);
    double largest = 0;
    for (int k = 0; k < outputs; k++) {
      largest = Math.max(largest, Math.abs(p[k] - others[k]));
    }
    return largest;
  }

  private double[] scoresOf(int j) {
    double[] scores = new double[outputs];
    for (int k = 0; k < outputs; k++) {
      scores[k] = z[k][j];
    }
    return scores;
  }

  /** Returns how far the probabilities of scores are from those of the last gradient. */
  double distance(FloatMatrix rounded) {
    double[] scores = new double[outputs];
    double largest = 0;
    for (int j = 0; j < problem.samples(); j++) {
      for (int k = 0; k < outputs; k++) {
        scores[k] = rounded.get(j, k);
      }
      largest = Math.max(largest, difference(j, scores));
    }
    return largest;
  }

  double[][] hessian(Scales scales) {
    int n = features + 1;
    int blocks = BlockTree.blocks(problem.samples());
    double[][] h = new double[outputs * n][];
    // Each task reads all samples and computes every n-th column.
    // Units are powers of two, so the products are the quotients.
    double[] inverses = new double[n];
    for (int i = 0; i < n; i++) {
      double unit = scales.unit(i);
      inverses[i] = unit == 0 ? 0 : 1 / unit;
    }
    int tasks = Math.min(HESSIAN_TASKS, h.length);
    executor.each(
        tasks,
        task -> {
          double[][] columns =
              BlockTree.reduce(
                  blocks,
                  block -> hessian(block, task, tasks, scales, inverses),
                  LocalExactSums::add);
          for (int c = task, i = 0; c < h.length; c += tasks, i++) {
            h[c] = columns[i];
          }
        });
    return h;
  }

  private static double[][] add(double[][] left, double[][] right) {
    for (int i = 0; i < left.length; i++) {
      for (int r = 0; r < left[i].length; r++) {
        left[i][r] += right[i][r];
      }
    }
    return left;
  }

  /** Of a block, every so many columns of the second derivative from a first one on. */
  private double[][] hessian(int block, int first, int step, Scales scales, double[] inverses) {
    int n = features + 1;
    double[][] h = new double[(outputs * n - first - 1) / step + 1][outputs * n];
    double[] v = new double[n];
    double[] p = new double[outputs];
    int to = BlockTree.end(block, problem.samples());
    for (int j = BlockTree.start(block); j < to; j++) {
      double weight = problem.weight(j);
      float[] x = problem.x().column(j);
      for (int i = 0; i < features; i++) {
        v[i] = (x[i] - scales.mean(i)) * inverses[i];
      }
      v[features] = inverses[features];
      double[] scores = scoresOf(j);
      loss.probabilities(scores, p);
      for (int c = first, at = 0; c < outputs * n; c += step, at++) {
        int k = c / n;
        double factor = weight * p[k] * v[c % n];
        for (int l = k; l < outputs; l++) {
          double curvature = loss.curvature(scores, p, k, l);
          addTo(h[at], l * n, l == k ? c % n : 0, factor * curvature, v);
        }
      }
    }
    if (problem.x() instanceof MappedMatrix mapped) {
      mapped.settle();
    }
    return h;
  }

  private static void addTo(double[] column, int offset, int from, double factor, double[] v) {
    for (int i = from; i < v.length; i++) {
      column[offset + i] = Math.fma(factor, v[i], column[offset + i]);
    }
  }
}
