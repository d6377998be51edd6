// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What the neurons of one versus the rest have reached after several numbers of iterations, one
 * neuron after the other. A number that one of them does not reach is no concern of those after it.
 */
final class NeuronSeries {

  private final int[] counts;
  private final List<List<Neurons>> reached = new ArrayList<>();
  private final double[] seconds;
  private int neurons;
  private TrainingException failure;

  /**
   * Of no neuron yet.
   *
   * @param counts numbers of iterations, ascending, each once
   */
  NeuronSeries(int[] counts) {
    this.counts = counts;
    this.seconds = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      reached.add(new ArrayList<>());
    }
  }

  /** Begins with the next neuron, and gives the counts that all before it have reached. */
  int[] next() {
    int[] reachable = Arrays.copyOf(counts, complete());
    neurons++;
    return reachable;
  }

  /** The neuron has come as far as one of the counts. */
  void add(int count, Neurons neuron, double duration) {
    int i = Arrays.binarySearch(counts, count);
    reached.get(i).add(neuron);
    seconds[i] += duration;
  }

  /** The neuron does not come further. */
  void fail(TrainingException why) {
    failure = why;
  }

  /** How many counts every neuron has reached. */
  private int complete() {
    int complete = 0;
    while (complete < counts.length && reached.get(complete).size() == neurons) {
      complete++;
    }
    return complete;
  }

  /**
   * Tells what all neurons have reached.
   *
   * @param together makes one result of the neurons of a count
   * @throws TrainingException if not every count was reached: the reason of the first that was not
   */
  void tell(Function<List<Neurons>, Neurons> together, LogisticRegression.SeriesObserver observer) {
    int complete = complete();
    for (int i = 0; i < complete; i++) {
      observer.reached(counts[i], together.apply(reached.get(i)), seconds[i]);
    }
    if (failure != null) {
      throw failure;
    }
  }
}
