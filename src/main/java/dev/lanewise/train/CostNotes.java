// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.optim.Monitor;
import java.util.ArrayList;
import java.util.List;

/** Notes the costs of a solver's iterations and passes its progress on to a listener. */
final class CostNotes implements Monitor {

  private final List<CostPoint> costs = new ArrayList<>();
  private final int costEvery;
  private final int samples;
  private TrainingListener listener;

  /** The iterations of the solver that ran before this one. */
  private int before;

  CostNotes(int costEvery, int samples, TrainingListener listener) {
    this.costEvery = costEvery;
    this.samples = samples;
    this.listener = listener;
  }

  void tell(TrainingListener toldOf) {
    listener = toldOf;
  }

  /** Begins another solver after the given number of iterations. */
  void begin(int iterations) {
    before = iterations;
  }

  int before() {
    return before;
  }

  List<CostPoint> notes() {
    return costs;
  }

  @Override
  public void iterated(int count, int fraction, double value, double gradientNorm, double passes) {
    int iteration = before + count;
    double cost = value / samples;
    if (fraction == 1 && costEvery > 0 && iteration % costEvery == 0) {
      costs.add(new CostPoint(iteration, cost));
      listener.costComputed(iteration, cost);
    }
    listener.iterated(iteration, cost, gradientNorm / samples, passes);
    listener.iterationCompleted(iteration);
  }
}
