// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.loss.Problem;
import java.util.Locale;
import java.util.Optional;

/** Finds a network that says the same of all samples, as one with units that are all 0 does. */
final class SameForAll {

  /** What is left of the cost where only the class frequencies were learned. */
  private static final double NEARLY_ALL = 0.999;

  private SameForAll() {}

  /**
   * Returns a warning about a result.
   *
   * @param problem that was trained on
   * @param cost that it ended with
   * @return a line; empty if the network tells samples apart, or there are no hidden layers
   */
  static Optional<String> doubt(Problem problem, double cost) {
    if (problem.hidden().isNone()) {
      return Optional.empty();
    }
    double ofFrequencies = costOfFrequencies(problem);
    double atZero = problem.lossAtZero() / problem.samples();
    // Above that of zero weights, the run says so itself.
    if (ofFrequencies == 0
        || cost < NEARLY_ALL * ofFrequencies
        || cost > atZero * (1 + Descent.NOISE)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the cost is %.6f, and %.6f where the same is said of all samples: the network learned"
                + " next to nothing; standardise or scale the features, lower the penalty, or take"
                + " another seed or learning rate",
            cost,
            ofFrequencies));
  }

  /** The cost (4) of predicting the frequencies of the classes for each sample. */
  private static double costOfFrequencies(Problem problem) {
    double[] weights = new double[problem.classes()];
    double sum = 0;
    for (int j = 0; j < problem.samples(); j++) {
      weights[problem.label(j)] += problem.weight(j);
      sum += problem.weight(j);
    }
    double cost = 0;
    for (double weight : weights) {
      cost -= weight == 0 ? 0 : weight * Math.log(weight / sum);
    }
    return cost / problem.samples();
  }
}
