package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Objective;
import dev.lanewise.solve.Point;
import dev.lanewise.solve.Scales;
import java.lang.foreign.Arena;

/** m times the cost of a problem, as solvers see it. */
interface Cost extends Objective {

  /** The cost of a problem by w and b, as they are in the model. */
  static Cost of(Arena arena, Kernels kernels, Team team, Problem problem) {
    return of(arena, kernels, team, problem, GramSource.OWN, null);
  }

  /**
   * The cost of a problem, with products of samples that there may be already.
   *
   * @param scales has the coordinates of points; null for w and b as they are in the model
   */
  static Cost of(
      Arena arena, Kernels kernels, Team team, Problem problem, GramSource grams, Scales scales) {
    return problem.columns() == 1
        ? new LogisticObjective(arena, kernels, team, problem, grams, scales)
        : new SoftmaxObjective(arena, kernels, team, problem, grams, scales);
  }

  /** The memory that passes over X take, beside what a solver does. */
  static long byteSize(SampleMatrix x, int members, int columns) {
    return columns == 1
        ? LogisticObjective.byteSize(x, members)
        : SoftmaxObjective.byteSize(x, members, columns);
  }

  /** m. */
  int samples();

  /**
   * Says what the scores are where the second derivative is to be taken.
   *
   * @param z K columns of m numbers
   */
  void setScores(double[][] z);

  /**
   * The scores that the model has in float32.
   *
   * @param at parameters of the model
   * @return m x K, until the next pass
   */
  FloatMatrix scores(Point at);
}
