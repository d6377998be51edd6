package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Objective;
import dev.lanewise.solve.Point;
import java.lang.foreign.Arena;

/** m times the cost of a problem, as solvers see it. */
interface Cost extends Objective {

  /** The cost of a problem: of one neuron, or of K classes. */
  static Cost of(Arena arena, Kernels kernels, Team team, Problem problem) {
    return of(arena, kernels, team, problem, GramSource.OWN);
  }

  /** The cost of a problem, with products of samples that there may be already. */
  static Cost of(Arena arena, Kernels kernels, Team team, Problem problem, GramSource grams) {
    return problem.columns() == 1
        ? new LogisticObjective(arena, kernels, team, problem, grams)
        : new SoftmaxObjective(arena, kernels, team, problem, grams);
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
   * Whether a point tells the classes apart: every sample that weighs anything lies on the right
   * side. Then the classes are separable, and without a penalty the cost has no least.
   */
  boolean separates(Point at);
}
