// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

/** Receives the progress of a search. */
public interface SearchObserver {

  /** Ignores the progress. */
  SearchObserver SILENT = (fold, l2, logLoss) -> {};

  /**
   * A model was trained without a fold and evaluated on it.
   *
   * @param fold from 0
   * @param l2 the penalty
   * @param logLoss the mean log-loss of the fold; NaN where training failed
   */
  void tried(int fold, double l2, double logLoss);
}
