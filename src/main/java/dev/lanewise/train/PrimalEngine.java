package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
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
      FloatMatrix x,
      FloatMatrix y,
      FloatMatrix initialWeights,
      float initialBias,
      double learningRate) {
    this.state = new PrimalState(arena, kernels, x, y, initialWeights, initialBias, learningRate);
    this.learningRate = learningRate;
    // With fewer blocks, whole ones could not be shared out evenly.
    boolean fewBlocks = team.size() > 1 && state.blocks() < 2 * team.size();
    this.pass = fewBlocks ? new BlockPass(arena, state, team) : new SubtreePass(arena, state, team);
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
