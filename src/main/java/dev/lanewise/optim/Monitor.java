package dev.lanewise.optim;

/** Is told how a solver goes on. */
public interface Monitor {

  /** Hears nothing. */
  Monitor SILENT = (iteration, share, value, gradientNorm, passes) -> {};

  /**
   * An iteration is complete.
   *
   * @param iteration how many are, from 1
   * @param share one sample in so many was looked at: 1 for all
   * @param value the objective of these, as if they stood for all
   * @param gradientNorm the norm of its derivative
   * @param passes how often the data were gone through
   */
  void iterated(int iteration, int share, double value, double gradientNorm, double passes);
}
