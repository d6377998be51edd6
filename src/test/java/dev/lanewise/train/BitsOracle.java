package dev.lanewise.train;

import dev.lanewise.kernel.ContractOracle;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;

/** What the contract, written on plain arrays, says of the problems that it is written for. */
final class BitsOracle {

  private BitsOracle() {}

  /** The weights and the bias, as {@link BitsRun#bits} puts them; empty for other problems. */
  static Optional<String> bits(BitsCase problem) {
    TrainingOptions options = problem.options();
    switch (options.solver()) {
      case GD:
        return isPlain(problem) ? Optional.of(descent(problem)) : Optional.empty();
      case SGD:
        return options.solverOptions().sgd().tolerance() == 0
            ? Optional.of(batches(problem))
            : Optional.empty();
      default:
        return Optional.empty();
    }
  }

  private static boolean isPlain(BitsCase problem) {
    TrainingOptions options = problem.options();
    return options.penalty().isNone() && options.classWeights().isNone() && !problem.weighted();
  }

  private static String descent(BitsCase problem) {
    TrainingOptions options = problem.options();
    double alpha = options.learningRate();
    float[][] x = problem.x();
    int[] y = problem.y();
    if (options.solverOptions().engine() == EngineChoice.GRAM) {
      ContractOracle.GramRun run =
          ContractOracle.gramRun(x, y, start(problem), alpha, options.iterations());
      return BitsRun.bits(run.w(), run.b());
    }
    ContractOracle.State state = new ContractOracle.State(start(problem), 0f, 0);
    for (int i = 0; i < options.iterations(); i++) {
      state = ContractOracle.iterate(x, y, state.w(), state.b(), alpha);
    }
    return BitsRun.bits(state.w(), state.b());
  }

  private static String batches(BitsCase problem) {
    TrainingOptions options = problem.options();
    SgdOracle.Outcome run =
        new SgdOracle(
                problem.x(),
                problem.y(),
                weights(problem),
                options.solverOptions().sgd(),
                options.penalty(),
                1)
            .run(
                new float[][] {start(problem)},
                options.learningRate(),
                options.iterations(),
                options.seed());
    return BitsRun.bits(run.w()[0], run.b()[0]);
  }

  private static float[] start(BitsCase problem) {
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix w = FloatMatrix.allocate(arena, problem.features(), 1);
      problem.options().initialization().fill(w, problem.options().seed());
      return w.column(0);
    }
  }

  // What a sample weighs itself times what its class weighs, rounded once.
  private static float[] weights(BitsCase problem) {
    if (!problem.weighted() && problem.options().classWeights().isNone()) {
      return null;
    }
    int[] y = problem.y();
    double[] ofClasses = problem.ofClasses();
    float[] s = problem.weighted() ? problem.weights() : ones(y.length);
    for (int j = 0; j < s.length; j++) {
      s[j] = (float) ((double) s[j] * ofClasses[y[j]]);
    }
    return s;
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return ones;
  }
}
