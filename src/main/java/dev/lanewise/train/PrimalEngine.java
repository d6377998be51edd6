package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;

/** The equations as they stand, on the weights themselves. */
final class PrimalEngine implements Engine {

  private final PrimalState state;
  private final Pass pass;
  private final double learningRate;

  PrimalEngine(
      Arena arena,
      Kernels kernels,
      Team team,
      SampleMatrix x,
      FloatMatrix y,
      FloatMatrix initialWeights,
      float initialBias,
      double learningRate) {
    this.state = new PrimalState(arena, kernels, x, y, initialWeights, initialBias, learningRate);
    this.learningRate = learningRate;
    this.pass =
        hasFewBlocks(state.blocks(), team.size())
            ? new BlockPass(arena, state, team)
            : new SubtreePass(arena, state, team);
  }

  // With fewer blocks, whole ones could not be shared out evenly.
  private static boolean hasFewBlocks(int blocks, int members) {
    return members > 1 && blocks < 2 * members;
  }

  /** The memory that a run on X takes, in bytes. */
  static long byteSize(SampleMatrix x, int members) {
    int blocks = BlockTree.blocks(x.columns());
    long depth = BlockTree.depth(blocks);
    long sums =
        hasFewBlocks(blocks, members)
            ? depth
            : new TreePlan(blocks, members).slots() + members * (depth - 1);
    return (1 + sums) * FloatMatrix.byteSize(x.rows(), 1) // w and the partial sums
        + 4 * FloatMatrix.byteSize(x.columns(), 1) // y, z, e and losses
        + members * Stage.byteSize(x);
  }

  @Override
  public String name() {
    return "primal";
  }

  @Override
  public double iterate(boolean withCost) {
    Sums sums = pass.run(withCost);
    if (!Double.isFinite(sums.errors)) {
      throw new TrainingException("the outputs are no longer numbers");
    }
    // (9) b := b - alpha db, where db = (1/m) times the summed errors (7).
    state.bias = (float) Math.fma(-learningRate / state.samples(), sums.errors, state.bias);
    // (4) J = (1/m) times the summed losses.
    return withCost ? sums.losses / state.samples() : Double.NaN;
  }

  @Override
  public FloatMatrix weights() {
    return state.w;
  }

  @Override
  public float bias() {
    return state.bias;
  }
}
