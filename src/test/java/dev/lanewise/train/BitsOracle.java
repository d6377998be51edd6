// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.kernel.ContractOracle;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;

/** What the contract, written on plain arrays, says of the problems that it is written for. */
final class BitsOracle {

  private BitsOracle() {}

  /** The weights and the biases, as {@link BitsRun#bits} puts them; empty for other problems. */
  static Optional<String> bits(BitsCase problem) {
    Hyperparameters options = problem.options();
    boolean batches = options.solver() == SolverChoice.SGD;
    if (!options.hidden().isNone()) {
      // NetworkContractTest and NetworkGramEngineTest have oracles of their own.
      return Optional.empty();
    }
    if (!batches && options.solver() != SolverChoice.GD
        || batches && options.solverOptions().sgd().tolerance() != 0) {
      return Optional.empty();
    }
    if (problem.isSoftmax()) {
      return Optional.of(batches ? batches(problem, problem.y()) : softmax(problem));
    }
    if (!batches && !isPlain(problem)) {
      return Optional.empty();
    }
    StringBuilder bits = new StringBuilder();
    // Of more than two classes by one versus the rest, each is a problem of two.
    for (int k = problem.isMany() ? 0 : 1; k < problem.classes(); k++) {
      int one = k;
      int[] y = Arrays.stream(problem.y()).map(label -> label == one ? 1 : 0).toArray();
      bits.append(batches ? batches(problem, y) : descent(problem, y));
    }
    return Optional.of(bits.toString());
  }

  private static boolean isPlain(BitsCase problem) {
    Hyperparameters options = problem.options();
    return options.penalty().isNone() && options.classWeights().isNone() && !problem.weighted();
  }

  private static String softmax(BitsCase problem) {
    Hyperparameters options = problem.options();
    int[] y = problem.y();
    SoftmaxOracle.State state =
        new SoftmaxOracle.State(start(problem), new float[problem.classes()]);
    for (int i = 0; i < options.iterations(); i++) {
      SoftmaxOracle.iterate(
          problem.x(), y, weights(problem, y), state, options.learningRate(), options.penalty());
    }
    return BitsRun.bits(state.w(), state.b());
  }

  // Of two classes: y is 0 or 1.
  private static String descent(BitsCase problem, int[] y) {
    Hyperparameters options = problem.options();
    double alpha = options.learningRate();
    float[][] x = problem.x();
    float[] start = start(problem)[0];
    if (options.solverOptions().engine() == EngineChoice.GRAM) {
      ContractOracle.GramRun run = ContractOracle.gramRun(x, y, start, alpha, options.iterations());
      return BitsRun.bits(new float[][] {run.w()}, new float[] {run.b()});
    }
    ContractOracle.State state = new ContractOracle.State(start, 0f, 0);
    for (int i = 0; i < options.iterations(); i++) {
      state = ContractOracle.iterate(x, y, state.w(), state.b(), alpha);
    }
    return BitsRun.bits(new float[][] {state.w()}, new float[] {state.b()});
  }

  private static String batches(BitsCase problem, int[] y) {
    Hyperparameters options = problem.options();
    float[][] start = start(problem);
    SgdOracle.Outcome run =
        new SgdOracle(
                problem.x(),
                y,
                weights(problem, y),
                options.solverOptions().sgd(),
                options.penalty(),
                start.length)
            .run(start, options.learningRate(), options.iterations(), options.seed());
    return BitsRun.bits(run.w(), run.b());
  }

  private static float[][] start(BitsCase problem) {
    int columns = problem.isSoftmax() ? problem.classes() : 1;
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix w = FloatMatrix.allocate(arena, problem.features(), columns);
      problem.options().initialization().fill(w, problem.options().seed());
      float[][] start = new float[columns][];
      for (int k = 0; k < columns; k++) {
        start[k] = w.column(k);
      }
      return start;
    }
  }

  // What a sample weighs itself times what its class weighs, rounded once. Classes that are to
  // count
  // alike are those of y, which asks for one class where there are several questions.
  private static float[] weights(BitsCase problem, int[] y) {
    ClassWeights classWeights = problem.options().classWeights();
    if (!problem.weighted() && classWeights.isNone()) {
      return null;
    }
    boolean alike = classWeights == ClassWeights.BALANCED;
    int classes = problem.isSoftmax() ? problem.classes() : 2;
    float[] s = problem.weighted() ? problem.weights() : ones(y.length);
    double[] ofClasses = alike ? BitsCase.balanced(y, classes, s) : problem.ofClasses();
    int[] labels = alike ? y : problem.y();
    for (int j = 0; j < s.length; j++) {
      s[j] = (float) ((double) s[j] * ofClasses[labels[j]]);
    }
    return s;
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return ones;
  }
}
