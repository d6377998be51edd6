package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.pass.BlockTree;
import dev.lanewise.pass.HessianMatrix;
import dev.lanewise.pass.Pass;
import dev.lanewise.pass.Step;
import dev.lanewise.pass.Sums;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Point;
import dev.lanewise.solve.SampleSpace;
import dev.lanewise.solve.Scales;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What the costs of one neuron and of K classes have in common: the samples, the penalties, and how
 * passes are counted.
 *
 * <p>A part of the samples shares its memory with the whole: what was computed last, of either,
 * holds.
 */
abstract class SampleCost implements SampleSpace, Cost {

  /** What a whole and its parts share. */
  abstract static class Shared {

    final Arena arena;
    final Kernels kernels;
    final Team team;
    final Problem problem;
    final Pass pass;
    private final GramSource grams;
    private final Scales scales;
    private HessianMatrix hessian;
    double passes;

    Shared(
        Arena arena, Kernels kernels, Team team, Problem problem, GramSource grams, Scales scales) {
      this.arena = arena;
      this.kernels = kernels;
      this.team = team;
      this.problem = problem;
      this.grams = grams;
      this.scales = scales;
      this.pass = Pass.over(arena, kernels, team, problem.x(), problem.columns());
    }

    /** What computes X D X', made when it is asked for. */
    HessianMatrix hessian() {
      if (hessian == null) {
        double[] means = new double[problem.x().rows()];
        for (int i = 0; i < means.length && scales != null; i++) {
          means[i] = scales.mean(i);
        }
        hessian = new HessianMatrix(arena, kernels, team, problem.x(), means);
      }
      return hessian;
    }
  }

  final Kernels kernels;
  final Problem problem;
  final int share;

  /** What one sample of the part stands for. */
  final double factor;

  private final Shared shared;

  SampleCost(Shared shared, int share) {
    this.shared = shared;
    this.kernels = shared.kernels;
    this.problem = shared.problem;
    this.share = share;
    this.factor = (double) problem.samples() / Pass.samples(problem.samples(), share);
  }

  @Override
  public final int samples() {
    return problem.samples();
  }

  @Override
  public final double l1() {
    return problem.penalty().l1();
  }

  @Override
  public final double l2() {
    return problem.penalty().l2();
  }

  @Override
  public final double passes() {
    return shared.passes;
  }

  @Override
  public final double[][] gram() {
    shared.passes++; // whoever made it
    return Doubles.columns(shared.grams.gram(shared.arena, kernels, shared.team, problem.x()));
  }

  @Override
  public final double[] labels() {
    return Doubles.column(problem.y(), 0);
  }

  @Override
  public final double[] sampleWeights() {
    return problem.sampleWeights();
  }

  @Override
  public final double valueAtZero() {
    double weight = 0;
    for (int block = 0; block < BlockTree.blocks(problem.samples()); block++) {
      for (int j = block * BlockTree.BLOCK; j < end(block, share); j++) {
        weight += problem.weight(j);
      }
    }
    return factor * weight * StrictMath.log(Math.max(2, problem.columns()));
  }

  @Override
  public final boolean hasEveryClass() {
    boolean[] found = new boolean[Math.max(2, problem.columns())];
    for (int block = 0; block < BlockTree.blocks(problem.samples()); block++) {
      for (int j = block * BlockTree.BLOCK; j < end(block, share); j++) {
        found[(int) problem.y().get(j, 0)] |= problem.weight(j) > 0;
      }
    }
    boolean all = true;
    for (boolean one : found) {
      all &= one;
    }
    return all;
  }

  /** The sample after the last of a block that is in a part. */
  final int end(int block, int ofEach) {
    int from = block * BlockTree.BLOCK;
    return Math.min(from + BlockTree.BLOCK / ofEach, BlockTree.end(block, problem.samples()));
  }

  /** The parameters of the model at a point. */
  final Point ofModel(Point at) {
    return shared.scales == null ? at : shared.scales.ofModel(at);
  }

  /** Completes a derivative of the model's weights to one of the coordinates that solvers see. */
  final void setBias(Sums sums, Point result) {
    for (int k = 0; k < result.bias().length; k++) {
      double errors = factor * sums.errors(k);
      result.bias()[k] = (float) errors;
      if (shared.scales != null) {
        shared.scales.center(result.weights(), k, errors);
      }
    }
  }

  /** Turns X D 1 and the sum of D, in the last column of H, to the coordinates of solvers. */
  final void centerBorder(double[][] h) {
    int bias = h.length - 1;
    for (int i = 0; i < bias && shared.scales != null; i++) {
      h[i][bias] -= shared.scales.mean(i) * h[bias][bias];
    }
  }

  final Sums run(Step step) {
    shared.passes += 1.0 / share;
    return shared.pass.run(step, share);
  }

  final void weigh(FloatMatrix v, int from, int to) {
    if (problem.weights() != null) {
      kernels.multiply(v, problem.weights(), from, to);
    }
  }

  /** result := l2 penalised + factor sum, for some features. */
  final void complete(
      FloatMatrix penalised, FloatMatrix sum, int fromRow, int toRow, FloatMatrix result) {
    copy(penalised, fromRow, toRow, result);
    kernels.update(result, (float) l2(), (float) factor, sum, fromRow, toRow);
  }

  /** result := from, for some features. */
  static void copy(FloatMatrix from, int fromRow, int toRow, FloatMatrix result) {
    long bytes = (long) (toRow - fromRow) * Float.BYTES;
    for (int k = 0; k < result.columns(); k++) {
      long offset = result.columnOffset(k) + (long) fromRow * Float.BYTES;
      MemorySegment.copy(from.segment(), offset, result.segment(), offset, bytes);
    }
  }
}
