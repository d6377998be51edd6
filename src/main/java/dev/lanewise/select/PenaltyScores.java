// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import java.util.List;

/**
 * The scores of penalties on folds, and the best penalty.
 *
 * @param folds the number of folds
 * @param candidates from strong to weak
 * @param best the index of the candidate with the lowest log-loss; of several, the strongest
 * @param simplest the index of the strongest candidate whose log-loss is within one standard error
 *     of the lowest
 */
public record PenaltyScores(int folds, List<Candidate> candidates, int best, int simplest) {

  /** Scores; the list is copied. */
  public PenaltyScores {
    candidates = List.copyOf(candidates);
  }

  /**
   * The scores of candidates.
   *
   * @param folds the number of folds
   * @param candidates from strong to weak, at least one with a log-loss
   * @return the scores, with the best candidate found
   * @throws IllegalArgumentException if no candidate has a log-loss
   */
  static PenaltyScores of(int folds, List<Candidate> candidates) {
    int best = -1;
    for (int i = 0; i < candidates.size(); i++) {
      double logLoss = candidates.get(i).logLoss();
      // NaN is not below anything.
      if (best < 0 ? !Double.isNaN(logLoss) : logLoss < candidates.get(best).logLoss()) {
        best = i;
      }
    }
    if (best < 0) {
      throw new IllegalArgumentException("no candidate has a log-loss");
    }
    Candidate least = candidates.get(best);
    double near = least.logLoss() + least.standardError();
    int simplest = 0;
    while (!(candidates.get(simplest).logLoss() <= near)) {
      simplest++;
    }
    return new PenaltyScores(folds, candidates, best, simplest);
  }
}
