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

/** The forms that the solvers take for problems of one shape or another. */
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
  /** Newton's method on growing parts of the samples, few features. */
  PARTS {
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
      return new Lbfgs(space, scales);
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
   * A solver for one use.
   *
   * @param near whether it starts from a model, and so hopefully near the optimum
   * @param shared what a problem before has left, and is left for the next
   */
  abstract Solver solver(
      ParameterSpace space, Scales scales, int samples, boolean near, SharedCurvature shared);

  /** Counts, in a dry run, what a solver of this form asks of an objective and others do not. */
  void reserve(DataObjective objective) {}

  /** About how much there is to compute. */
  abstract double multiplyAdds(double d, double m);

  /** The form for a problem of two classes. */
  static SolverVariant of(Hyperparameters options, int features, int samples) {
    return of(options, features, samples, 1);
  }

  /** The form for a problem, whatever the machine: of gradient descent there is none. */
  static SolverVariant of(Hyperparameters options, int features, int samples, int columns) {
    if (options.solver() == SolverChoice.LBFGS) {
      return QUASI;
    }
    boolean fewSamples =
        samples <= features
            && samples <= MOST_SAMPLES
            && (columns == 1 || (long) columns * samples * samples <= MOST_ELEMENTS);
    return fewSamples && options.penalty().l2() > 0 ? SAMPLES : ofFeatures(features, columns);
  }

  /** Whether every solver may look at the whole second derivative at its end. */
  static boolean hasRoomAtTheEnd(int features, int columns) {
    long parameters = features + 1L;
    return columns <= MOST_CLASSES && columns * parameters * parameters <= MOST_ELEMENTS_AT_THE_END;
  }

  /** The form that looks at the weights themselves. */
  static SolverVariant ofFeatures(int features, int columns) {
    boolean few = features <= MOST_FEATURES;
    if (columns > 1) {
      long parameters = features + 1L;
      few &= columns <= MOST_CLASSES && columns * parameters * parameters <= MOST_ELEMENTS;
    }
    return few ? PARTS : DIAGONAL;
  }
}
