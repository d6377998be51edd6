package dev.lanewise.train;

import dev.lanewise.checkpoint.State;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.pass.CrossEntropy;
import dev.lanewise.pass.Pass;
import dev.lanewise.pass.Sums;
import dev.lanewise.pass.Team;
import dev.lanewise.solve.Vectors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The equations as they stand, on the weights themselves. */
final class PrimalEngine implements Engine {

  private final DescentStep step;
  private final Pass pass;
  private final double learningRate;
  private final Problem problem;

  /** The weights and the biases that were remembered, if any were. */
  private final FloatMatrix remembered;

  private final float[] rememberedBias;
  private boolean isRemembered;

  PrimalEngine(
      Arena arena,
      Kernels kernels,
      Team team,
      Problem problem,
      FloatMatrix initialWeights,
      float[] initialBias,
      double learningRate) {
    this.step = new DescentStep(arena, kernels, problem, initialWeights, initialBias, learningRate);
    this.learningRate = learningRate;
    this.problem = problem;
    this.remembered = FloatMatrix.allocate(arena, problem.x().rows(), problem.columns());
    this.rememberedBias = new float[problem.columns()];
    this.pass = Pass.over(arena, kernels, team, problem.x(), problem.columns());
  }

  /** The memory that a run on X takes, in bytes. */
  static long byteSize(SampleMatrix x, int members, int columns) {
    return Pass.byteSize(x, members, columns)
        + 2 * FloatMatrix.byteSize(x.rows(), columns) // w, and w once more
        + 2 * FloatMatrix.byteSize(x.columns(), 1) // y and s
        + CrossEntropy.byteSize(x.columns(), columns);
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
    int samples = problem.samples();
    float[] bias = step.bias();
    for (int k = 0; k < bias.length; k++) {
      if (!Double.isFinite(sums.errors(k))) {
        throw new TrainingException("the outputs are no longer numbers");
      }
      // (9) b := b - alpha db, where db = (1/m) times the summed errors (7).
      bias[k] = (float) Math.fma(-learningRate / samples, sums.errors(k), (double) bias[k]);
    }
    // (4) J = (1/m) times the summed losses, and the penalty.
    return withCost ? (sums.losses() + penalty) / samples : Double.NaN;
  }

  @Override
  public double passes(int iterations) {
    return iterations;
  }

  @Override
  public void transfer(State state) {
    state.matrix("weights", step.weights());
    state.floats("bias", step.bias());
  }

  @Override
  public void remember() {
    boolean finite = Vectors.isFinite(step.weights());
    for (float bias : step.bias()) {
      finite &= Float.isFinite(bias);
    }
    if (finite) {
      MemorySegment.copy(
          step.weights().segment(), 0, remembered.segment(), 0, remembered.segment().byteSize());
      System.arraycopy(step.bias(), 0, rememberedBias, 0, rememberedBias.length);
      isRemembered = true;
    }
  }

  @Override
  public boolean recall() {
    MemorySegment.copy(
        remembered.segment(), 0, step.weights().segment(), 0, remembered.segment().byteSize());
    System.arraycopy(rememberedBias, 0, step.bias(), 0, rememberedBias.length);
    return isRemembered;
  }

  @Override
  public FloatMatrix weights() {
    return step.weights();
  }

  @Override
  public float[] bias() {
    return step.bias();
  }
}
