// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.loss.DataObjective;
import dev.lanewise.loss.Scales;
import dev.lanewise.nn.ParameterSpace;
import dev.lanewise.optim.Lbfgs;
import dev.lanewise.optim.Newton;
import dev.lanewise.optim.SampleNewton;
import dev.lanewise.optim.SharedCurvature;
import dev.lanewise.optim.SoftmaxSampleNewton;
import dev.lanewise.optim.Solver;

/** The forms of the solvers; the shape of the problem decides which is taken. */
enum SolverVariant {
  /** Newton's method in the space of few samples. */
  SAMPLES {
    @Override
    Solver solver(
        ParameterSpace space, Scales scales, int samples, boolean near, SharedCurvature shared) {
      return space.outputs() == 1
          ? new SampleNewton(space, scales, samples)
          : new SoftmaxSampleNewton(space, scales, samples);
    }

    @Override
    void reserve(DataObjective objective) {
      objective.reserveGram();
    }

    @Override
    double multiplyAdds(double d, double m) {
      return m * m * d / 2 + 10 * m * m * m / 6 + 12 * d * m;
    }
  },
  /** Newton's method on growing subsets of the samples, few features. */
  SUBSETS {
    @Override
    Solver solver(
        ParameterSpace space, Scales scales, int samples, boolean near, SharedCurvature shared) {
      return near
          ? Newton.onAll(space, scales, samples, shared)
          : Newton.onGrowingSubsets(space, scales, samples, shared);
    }

    @Override
    void reserve(DataObjective objective) {
      objective.reserveHessian();
    }

    @Override
    double multiplyAdds(double d, double m) {
      return m * d * d / 8 + 60 * d * m;
    }
  },
  /** Newton's method with the diagonal, many samples of many features. */
  DIAGONAL {
    @Override
    Solver solver(
        ParameterSpace space, Scales scales, int samples, boolean near, SharedCurvature shared) {
      return Newton.withDiagonal(space, scales);
    }

    @Override
    double multiplyAdds(double d, double m) {
      return 200 * d * m;
    }
  },
  /** L-BFGS. */
  QUASI {
    @Override
    Solver solver(
        ParameterSpace space, Scales scales, int samples, boolean near, SharedCurvature shared) {
      return new Lbfgs(space, scales::apply);
    }

    @Override
    double multiplyAdds(double d, double m) {
      return 400 * d * m;
    }
  };

  // Of m x m or d x d doubles: 32 MiB, whose factor takes half a second.
  private static final int MOST_SAMPLES = 2048;
  private static final int MOST_FEATURES = 2048;

  // Doubles of all matrices of many classes, and the most classes whose own d x d matrix is small.
  private static final long MOST_ELEMENTS = 1 << 23;
  private static final int MOST_CLASSES = 128;

  // The same of a second derivative that is made for the end of lbfgs alone.
  private static final long MOST_ELEMENTS_AT_THE_END = 1 << 20;

  /**
   * Returns a solver for one use.
   *
   * @param near whether it starts from a model, and so probably near the optimum
   * @param shared has the preconditioner of the problem before, and receives one for the next
   */
  abstract Solver solver(
      ParameterSpace space, Scales scales, int samples, boolean near, SharedCurvature shared);

  /** Counts, in a dry run, the memory of an objective that only solvers of this form need. */
  void reserve(DataObjective objective) {}

  /** Returns an estimate of the multiply-adds. */
  abstract double multiplyAdds(double d, double m);

  /** Returns the form for a problem of two classes. */
  static SolverVariant of(Hyperparameters options, int features, int samples) {
    return of(options, features, samples, 1);
  }

  /** Returns the form for a problem of newton or lbfgs, on any machine. */
  static SolverVariant of(Hyperparameters options, int features, int samples, int outputs) {
    if (options.solver() == SolverChoice.LBFGS) {
      return QUASI;
    }
    boolean fewSamples =
        samples <= features
            && samples <= MOST_SAMPLES
            && (outputs == 1 || (long) outputs * samples * samples <= MOST_ELEMENTS);
    return fewSamples && options.penalty().l2() > 0 ? SAMPLES : ofFeatures(features, outputs);
  }

  /** Tells whether every solver may make second derivatives at its end. */
  static boolean hasRoomAtTheEnd(int features, int outputs) {
    long parameters = features + 1L;
    return outputs <= MOST_CLASSES && outputs * parameters * parameters <= MOST_ELEMENTS_AT_THE_END;
  }

  /** Returns the form that works on the weights themselves. */
  static SolverVariant ofFeatures(int features, int outputs) {
    boolean few = features <= MOST_FEATURES;
    if (outputs > 1) {
      long parameters = features + 1L;
      few &= outputs <= MOST_CLASSES && outputs * parameters * parameters <= MOST_ELEMENTS;
    }
    return few ? SUBSETS : DIAGONAL;
  }
}
