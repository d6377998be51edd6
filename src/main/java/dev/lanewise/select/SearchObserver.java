package dev.lanewise.select;

/** Is told how a search goes on. */
public interface SearchObserver {

  /** Hears nothing. */
  SearchObserver SILENT = (fold, l2, logLoss) -> {};

  /**
   * A model was trained without a fold, and tried on it.
   *
   * @param fold from 0
   * @param l2 the penalty
   * @param logLoss the mean log-loss of the fold; NaN where training failed
   */
  void tried(int fold, double l2, double logLoss);
}
