package dev.lanewise.sgd;

import dev.lanewise.checkpoint.Resumable;
import dev.lanewise.checkpoint.State;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.pass.CrossEntropy;
import dev.lanewise.solve.Point;
import dev.lanewise.solve.VectorSpace;
import java.lang.foreign.Arena;

/** Samples that are not learned from: their cost says when to stop, and which weights were best. */
@SuppressWarnings("exports") // for packages of this module alone
public final class HeldOut implements Resumable {

  private final VectorSpace space;
  private final Kernels kernels;
  private final int[] numbers;
  private final Panel panel;
  private final int patience;

  /** Of these samples. */
  private final CrossEntropy crossEntropy;

  private final Point best;
  private double bestCost;
  private int bestEpoch;
  private int epoch;

  /**
   * A held-out part, looked at first where training starts.
   *
   * @param space of the parameters
   * @param problem has the samples
   * @param numbers which samples are held out, at least one
   * @param patience how many epochs may pass without a lower cost
   * @param start the weights before the first epoch
   */
  public HeldOut(VectorSpace space, Penalised problem, int[] numbers, int patience, Point start) {
    Arena arena = space.arena();
    this.space = space;
    this.kernels = space.kernels();
    this.numbers = numbers.clone();
    this.patience = patience;
    int h = numbers.length;
    this.panel = new Panel(arena, kernels, problem.x(), h, 1);
    FloatMatrix labels = numbersOf(arena, problem.y());
    FloatMatrix weights = problem.weights() == null ? null : numbersOf(arena, problem.weights());
    this.crossEntropy = new CrossEntropy(arena, kernels, labels, weights, problem.columns());
    this.best = space.zero();
    this.bestCost = cost(start);
    space.copy(start, best);
  }

  private FloatMatrix numbersOf(Arena arena, FloatMatrix all) {
    FloatMatrix some = FloatMatrix.allocate(arena, numbers.length, 1);
    for (int place = 0; place < numbers.length; place++) {
      some.set(place, 0, all.get(numbers[place], 0));
    }
    return some;
  }

  /** (1/h) sum s_j L_j, no penalty. */
  private double cost(Point at) {
    int h = numbers.length;
    int to;
    for (int from = 0; from < h; from = to) {
      to = Math.min(h, from + panel.width());
      panel.moveTo(from);
      panel.gather(0, numbers, 0, from, to);
      crossEntropy.forward(panel.columns(), from, to, at.weights(), at.bias());
    }
    crossEntropy.compare(0, h, true);
    return kernels.sum(crossEntropy.losses(), 0, 0, h) / h;
  }

  /**
   * Looks at the weights after an epoch.
   *
   * @param at the weights
   * @return whether patience has run out
   */
  public boolean isEnough(Point at) {
    epoch++;
    double found = cost(at);
    if (found < bestCost) {
      bestCost = found;
      bestEpoch = epoch;
      space.copy(at, best);
    }
    return epoch - bestEpoch >= patience;
  }

  /**
   * Goes back to the best weights.
   *
   * @param at receives them
   */
  public void restore(Point at) {
    space.copy(best, at);
  }

  /** Between epochs. */
  @Override
  public void transfer(State state) {
    state.matrix("best_weights", best.weights());
    state.floats("best_bias", best.bias());
    bestCost = state.number("best_cost", bestCost, 0, Double.MAX_VALUE);
    epoch = state.count("held_out_epochs", epoch, state.completed(), state.completed());
    // With patience at its end there is no checkpoint.
    bestEpoch = state.count("best_epoch", bestEpoch, Math.max(0, epoch - patience + 1), epoch);
  }

  /**
   * How many samples are held out.
   *
   * @return h
   */
  public int samples() {
    return numbers.length;
  }

  /**
   * The lowest cost of these samples.
   *
   * @return (1/h) sum s_j L_j, without penalties
   */
  public double bestCost() {
    return bestCost;
  }

  /**
   * After which epoch the cost was lowest.
   *
   * @return 0 for before the first
   */
  public int bestEpoch() {
    return bestEpoch;
  }
}
