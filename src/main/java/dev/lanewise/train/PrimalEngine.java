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
  private final int samples;

  PrimalEngine(
      Arena arena,
      Kernels kernels,
      Team team,
      SampleMatrix x,
      FloatMatrix y,
      FloatMatrix initialWeights,
      float initialBias,
      double learningRate) {
    this.step = new DescentStep(arena, kernels, y, initialWeights, initialBias, learningRate);
    this.learningRate = learningRate;
    this.samples = x.columns();
    this.pass = Pass.over(arena, kernels, team, x);
  }

  /** The memory that a run on X takes, in bytes. */
  static long byteSize(SampleMatrix x, int members) {
    return Pass.byteSize(x, members)
        + FloatMatrix.byteSize(x.rows(), 1) // w
        + 4 * FloatMatrix.byteSize(x.columns(), 1); // y, z, e and losses
  }

  @Override
  public String name() {
    return "primal";
  }

  @Override
  public double iterate(boolean withCost) {
    step.want(withCost);
    Sums sums = pass.run(step);
    if (!Double.isFinite(sums.errors())) {
      throw new TrainingException("the outputs are no longer numbers");
    }
    // (9) b := b - alpha db, where db = (1/m) times the summed errors (7).
    step.moveBias((float) Math.fma(-learningRate / samples, sums.errors(), (double) step.bias()));
    // (4) J = (1/m) times the summed losses.
    return withCost ? sums.losses() / samples : Double.NaN;
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
