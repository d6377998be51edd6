package dev.lanewise.select;

import java.util.List;

/**
 * What folds say about penalties, and which is best.
 *
 * @param folds how many folds there were
 * @param candidates from strong to weak
 * @param best the place of the one with the lowest log-loss; the strongest of these
 * @param simplest the place of the strongest one whose log-loss is within one standard error of the
 *     best's
 */
public record PenaltyScores(int folds, List<Candidate> candidates, int best, int simplest) {

  /** Scores; the list is copied. */
  public PenaltyScores {
    candidates = List.copyOf(candidates);
  }

  /**
   * Scores of some candidates.
   *
   * @param folds how many folds there were
   * @param candidates from strong to weak, at least one with a log-loss
   * @return with the best found
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
