package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.Pass;
import dev.lanewise.pass.Sums;
import dev.lanewise.pass.Team;
import java.lang.foreign.Arena;

/** The equations as they stand, on the weights themselves. */
final class PrimalEngine implements Engine {

  private final DescentStep step;
  private final Pass pass;
  private final double learningRate;
  private final Problem problem;

  PrimalEngine(
      Arena arena,
      Kernels kernels,
      Team team,
      Problem problem,
      FloatMatrix initialWeights,
      float initialBias,
      double learningRate) {
    this.step = new DescentStep(arena, kernels, problem, initialWeights, initialBias, learningRate);
    this.learningRate = learningRate;
    this.problem = problem;
    this.pass = Pass.over(arena, kernels, team, problem.x());
  }

  /** The memory that a run on X takes, in bytes. */
  static long byteSize(SampleMatrix x, int members) {
    return Pass.byteSize(x, members)
        + FloatMatrix.byteSize(x.rows(), 1) // w
        + 5 * FloatMatrix.byteSize(x.columns(), 1); // y, s, z, e and losses
  }

  @Override
  public String name() {
    return "primal";
  }

  @Override
  public double iterate(boolean withCost) {
    step.want(withCost);
    double penalty = withCost ? problem.penalty().at(step.weights()) : 0;
    Sums sums = pass.run(step);
    if (!Double.isFinite(sums.errors())) {
      throw new TrainingException("the outputs are no longer numbers");
    }
    int samples = problem.samples();
    // (9) b := b - alpha db, where db = (1/m) times the summed errors (7).
    step.moveBias((float) Math.fma(-learningRate / samples, sums.errors(), (double) step.bias()));
    // (4) J = (1/m) times the summed losses, and the penalty.
    return withCost ? (sums.losses() + penalty) / samples : Double.NaN;
  }

  @Override
  public double passes(int iterations) {
    return iterations;
  }

  @Override
  public FloatMatrix weights() {
    return step.weights();
  }

  @Override
  public float bias() {
    return step.bias();
  }
}
